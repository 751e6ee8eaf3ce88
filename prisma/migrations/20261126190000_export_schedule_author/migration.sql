-- Who last said what a schedule sends where: it goes on as long as they may schedule exports.
ALTER TABLE "export_schedule" ADD COLUMN "saved_by_id" UUID;
ALTER TABLE "export_schedule" ADD CONSTRAINT "export_schedule_saved_by_id_fkey" FOREIGN KEY ("saved_by_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

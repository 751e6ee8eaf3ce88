-- AlterTable
ALTER TABLE "upload" ADD COLUMN "actor_id" UUID;
-- a name is nobody's alone: what was uploaded until now stays its uploader's where one account has the name
UPDATE "upload" u SET "actor_id" = a.id FROM (
  SELECT name, min(id::text)::uuid AS id FROM "account" GROUP BY name HAVING count(*) = 1) a
WHERE u.channel = 'browser' AND u.actor_name = a.name;

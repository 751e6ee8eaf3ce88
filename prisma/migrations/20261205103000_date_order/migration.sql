-- Which number of a table's dates is the day, as whoever imports it says.
ALTER TABLE "upload" ADD COLUMN "date_order" TEXT;

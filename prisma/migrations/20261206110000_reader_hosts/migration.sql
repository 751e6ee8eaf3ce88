-- Which hosts were in sight of those who are told of deviations and see some host groups: what shows because a host joined them did not rise.
ALTER TABLE "deviation_reader" ADD COLUMN "hosts" INTEGER[];

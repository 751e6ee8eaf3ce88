-- A search for an address or a name also says what reached it over the network. Names come from logs and may be of any length.
CREATE INDEX "destination_ip_idx" ON "destination" USING HASH ("ip");
CREATE INDEX "destination_lower_name_idx" ON "destination" USING HASH (lower("name"));

-- CreateIndex
CREATE INDEX "network_use_destination_id_idx" ON "network_use"("destination_id");

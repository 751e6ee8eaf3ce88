-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "view_default" (
    "account_id" UUID NOT NULL,
    "page" TEXT NOT NULL,
    "view_id" UUID NOT NULL,

    CONSTRAINT "view_default_pkey" PRIMARY KEY ("account_id","page")
);

-- CreateTable
CREATE TABLE "notification_choice" (
    "account_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "in_app" BOOLEAN NOT NULL,
    "email" BOOLEAN NOT NULL,
    "webhook" BOOLEAN NOT NULL,
    "min_score_millibits" INTEGER,

    CONSTRAINT "notification_choice_pkey" PRIMARY KEY ("account_id","event")
);

-- CreateTable
CREATE TABLE "webhook" (
    "account_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" BIGSERIAL NOT NULL,
    "account_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "href" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "in_app" BOOLEAN NOT NULL,
    "read_at" TIMESTAMPTZ(6),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_delivery" (
    "id" BIGSERIAL NOT NULL,
    "notification_id" BIGINT NOT NULL,
    "channel" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "error" TEXT,
    "sent_at" TIMESTAMPTZ(6),

    CONSTRAINT "notification_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_cursor" (
    "name" TEXT NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "notification_cursor_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "saved_view_page_idx" ON "saved_view"("page");

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_account_id_page_name_key" ON "saved_view"("account_id", "page", "name");

-- CreateIndex
CREATE INDEX "view_default_view_id_idx" ON "view_default"("view_id");

-- CreateIndex
CREATE INDEX "notification_account_id_id_idx" ON "notification"("account_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_account_id_key_key" ON "notification"("account_id", "key");

-- CreateIndex
CREATE INDEX "notification_delivery_state_next_at_idx" ON "notification_delivery"("state", "next_at");

-- CreateIndex
CREATE UNIQUE INDEX "notification_delivery_notification_id_channel_key" ON "notification_delivery"("notification_id", "channel");

-- CreateIndex
CREATE INDEX "deviation_created_at_idx" ON "deviation"("created_at");

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "view_default" ADD CONSTRAINT "view_default_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "view_default" ADD CONSTRAINT "view_default_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "saved_view"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_choice" ADD CONSTRAINT "notification_choice_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_delivery" ADD CONSTRAINT "notification_delivery_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON saved_view, view_default, notification_choice, webhook, notification, notification_delivery, notification_cursor TO cordon_app;
GRANT USAGE, SELECT ON notification_id_seq, notification_delivery_id_seq TO cordon_app;

-- Nobody is told of what happened before there was anybody to tell.
INSERT INTO notification_cursor (name, position) VALUES
  ('audit', (SELECT coalesce(max(id), 0) FROM audit_entry)),
  ('deviations', (extract(epoch FROM now()) * 1000000)::bigint);

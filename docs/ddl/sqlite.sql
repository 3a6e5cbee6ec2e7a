CREATE TABLE "domain_verification_claims" (
    "id" TEXT NOT NULL CONSTRAINT "domain_verification_claims_pkey" PRIMARY KEY,
    "profile" TEXT COLLATE BINARY NOT NULL,
    "owner" TEXT COLLATE BINARY NOT NULL,
    "domain" TEXT COLLATE BINARY NOT NULL,
    "status" TEXT COLLATE BINARY NOT NULL,
    "is_live" INTEGER NOT NULL,
    "is_holding" INTEGER NOT NULL,
    "is_exclusive" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "due_at" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "modified_at" TEXT NOT NULL,
    "data" TEXT COLLATE BINARY NOT NULL
);


CREATE TABLE "domain_verification_domains" (
    "profile" TEXT COLLATE BINARY NOT NULL,
    "domain" TEXT COLLATE BINARY NOT NULL,
    "epoch" INTEGER NOT NULL,
    CONSTRAINT "domain_verification_domains_pkey" PRIMARY KEY ("profile", "domain")
);


CREATE TABLE "domain_verification_due" (
    "claim_id" TEXT NOT NULL CONSTRAINT "domain_verification_due_pkey" PRIMARY KEY,
    "waits_since" TEXT NOT NULL
);


CREATE TABLE "domain_verification_events" (
    "claim_id" TEXT NOT NULL,
    "claim_version" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "event_type" TEXT COLLATE BINARY NOT NULL,
    "profile" TEXT COLLATE BINARY NOT NULL,
    "owner" TEXT COLLATE BINARY NOT NULL,
    "domain" TEXT COLLATE BINARY NOT NULL,
    "from_status" TEXT COLLATE BINARY NULL,
    "to_status" TEXT COLLATE BINARY NOT NULL,
    "epoch" INTEGER NOT NULL,
    "occurred_at" TEXT NOT NULL,
    "actor_kind" TEXT COLLATE BINARY NOT NULL,
    "actor_id" TEXT COLLATE BINARY NOT NULL,
    "evidence" TEXT COLLATE BINARY NULL,
    "reason" TEXT COLLATE BINARY NULL,
    CONSTRAINT "domain_verification_events_pkey" PRIMARY KEY ("claim_id", "claim_version")
);


CREATE TABLE "domain_verification_holdings" (
    "claim_id" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "provisioner" TEXT COLLATE BINARY NOT NULL,
    "profile" TEXT COLLATE BINARY NOT NULL,
    "owner" TEXT COLLATE BINARY NOT NULL,
    "domain" TEXT COLLATE BINARY NOT NULL,
    "version" INTEGER NOT NULL,
    "due_at" TEXT NULL,
    "waits_since" TEXT NULL,
    "data" TEXT COLLATE BINARY NOT NULL,
    CONSTRAINT "domain_verification_holdings_pkey" PRIMARY KEY ("claim_id", "epoch", "provisioner")
);


CREATE TABLE "domain_verification_idempotency" (
    "scope" TEXT COLLATE BINARY NOT NULL,
    "request_key" TEXT COLLATE BINARY NOT NULL,
    "run" TEXT NOT NULL,
    "fingerprint" BLOB NOT NULL,
    "leased_until" TEXT NOT NULL,
    "expires_at" TEXT NOT NULL,
    "outcome" BLOB NULL,
    CONSTRAINT "domain_verification_idempotency_pkey" PRIMARY KEY ("scope", "request_key")
);


CREATE TABLE "domain_verification_work" (
    "id" TEXT NOT NULL CONSTRAINT "domain_verification_work_pkey" PRIMARY KEY,
    "number" INTEGER NULL,
    "kind" TEXT COLLATE BINARY NOT NULL,
    "claim_id" TEXT NOT NULL,
    "profile" TEXT COLLATE BINARY NOT NULL,
    "owner" TEXT COLLATE BINARY NOT NULL,
    "domain" TEXT COLLATE BINARY NOT NULL,
    "epoch" INTEGER NOT NULL,
    "target" TEXT COLLATE BINARY NOT NULL,
    "claim_version" INTEGER NOT NULL,
    "identities" TEXT COLLATE BINARY NULL,
    "created_at" TEXT NOT NULL,
    "due_at" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "last_error" TEXT COLLATE BINARY NULL,
    "dead_at" TEXT NULL,
    "leased_until" TEXT NULL,
    "waits_since" TEXT NULL
);


CREATE INDEX "domain_verification_claims_domain" ON "domain_verification_claims" ("domain", "profile");


CREATE UNIQUE INDEX "domain_verification_claims_generation" ON "domain_verification_claims" ("profile", "owner", "domain", "generation");


CREATE UNIQUE INDEX "domain_verification_claims_holder" ON "domain_verification_claims" ("profile", "domain") WHERE is_holding AND is_exclusive;


CREATE UNIQUE INDEX "domain_verification_claims_live" ON "domain_verification_claims" ("profile", "owner", "domain") WHERE is_live;


CREATE INDEX "domain_verification_claims_owner" ON "domain_verification_claims" ("owner", "id");


CREATE INDEX "domain_verification_due_waiting" ON "domain_verification_due" ("waits_since", "claim_id");


CREATE INDEX "domain_verification_holdings_waiting" ON "domain_verification_holdings" ("provisioner", "waits_since", "claim_id", "epoch") WHERE waits_since IS NOT NULL;


CREATE INDEX "domain_verification_idempotency_expiry" ON "domain_verification_idempotency" ("expires_at");


CREATE INDEX "domain_verification_work_created" ON "domain_verification_work" ("created_at", "id");


CREATE INDEX "domain_verification_work_due" ON "domain_verification_work" ("waits_since", "id") WHERE waits_since IS NOT NULL;


CREATE UNIQUE INDEX "domain_verification_work_queue" ON "domain_verification_work" ("profile", "domain", "target", "number");

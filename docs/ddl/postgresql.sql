CREATE TABLE domain_verification_claims (
    id uuid NOT NULL,
    profile text COLLATE "C" NOT NULL,
    owner text COLLATE "C" NOT NULL,
    domain text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL,
    is_live boolean NOT NULL,
    is_holding boolean NOT NULL,
    is_exclusive boolean NOT NULL,
    generation integer NOT NULL,
    epoch bigint NOT NULL,
    version bigint NOT NULL,
    due_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    modified_at timestamp with time zone NOT NULL,
    data text COLLATE "C" NOT NULL,
    CONSTRAINT domain_verification_claims_pkey PRIMARY KEY (id)
);


CREATE TABLE domain_verification_domains (
    profile text COLLATE "C" NOT NULL,
    domain text COLLATE "C" NOT NULL,
    epoch bigint NOT NULL,
    CONSTRAINT domain_verification_domains_pkey PRIMARY KEY (profile, domain)
);


CREATE TABLE domain_verification_due (
    claim_id uuid NOT NULL,
    waits_since timestamp with time zone NOT NULL,
    CONSTRAINT domain_verification_due_pkey PRIMARY KEY (claim_id)
);


CREATE TABLE domain_verification_events (
    claim_id uuid NOT NULL,
    claim_version bigint NOT NULL,
    id uuid NOT NULL,
    event_type text COLLATE "C" NOT NULL,
    profile text COLLATE "C" NOT NULL,
    owner text COLLATE "C" NOT NULL,
    domain text COLLATE "C" NOT NULL,
    from_status text COLLATE "C",
    to_status text COLLATE "C" NOT NULL,
    epoch bigint NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    actor_kind text COLLATE "C" NOT NULL,
    actor_id text COLLATE "C" NOT NULL,
    evidence text COLLATE "C",
    reason text COLLATE "C",
    CONSTRAINT domain_verification_events_pkey PRIMARY KEY (claim_id, claim_version)
);


CREATE TABLE domain_verification_holdings (
    claim_id uuid NOT NULL,
    epoch bigint NOT NULL,
    provisioner text COLLATE "C" NOT NULL,
    profile text COLLATE "C" NOT NULL,
    owner text COLLATE "C" NOT NULL,
    domain text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    due_at timestamp with time zone,
    waits_since timestamp with time zone,
    data text COLLATE "C" NOT NULL,
    CONSTRAINT domain_verification_holdings_pkey PRIMARY KEY (claim_id, epoch, provisioner)
);


CREATE TABLE domain_verification_idempotency (
    scope text COLLATE "C" NOT NULL,
    request_key text COLLATE "C" NOT NULL,
    run uuid NOT NULL,
    fingerprint bytea NOT NULL,
    leased_until timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    outcome bytea,
    CONSTRAINT domain_verification_idempotency_pkey PRIMARY KEY (scope, request_key)
);


CREATE TABLE domain_verification_work (
    id uuid NOT NULL,
    number bigint,
    kind text COLLATE "C" NOT NULL,
    claim_id uuid NOT NULL,
    profile text COLLATE "C" NOT NULL,
    owner text COLLATE "C" NOT NULL,
    domain text COLLATE "C" NOT NULL,
    epoch bigint NOT NULL,
    target text COLLATE "C" NOT NULL,
    claim_version bigint NOT NULL,
    identities text COLLATE "C",
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    last_error text COLLATE "C",
    dead_at timestamp with time zone,
    leased_until timestamp with time zone,
    waits_since timestamp with time zone,
    CONSTRAINT domain_verification_work_pkey PRIMARY KEY (id)
);


CREATE INDEX domain_verification_claims_domain ON domain_verification_claims (domain, profile);


CREATE UNIQUE INDEX domain_verification_claims_generation ON domain_verification_claims (profile, owner, domain, generation);


CREATE UNIQUE INDEX domain_verification_claims_holder ON domain_verification_claims (profile, domain) WHERE is_holding AND is_exclusive;


CREATE UNIQUE INDEX domain_verification_claims_live ON domain_verification_claims (profile, owner, domain) WHERE is_live;


CREATE INDEX domain_verification_claims_owner ON domain_verification_claims (owner, id);


CREATE INDEX domain_verification_due_waiting ON domain_verification_due (waits_since, claim_id);


CREATE INDEX domain_verification_holdings_waiting ON domain_verification_holdings (provisioner, waits_since, claim_id, epoch) WHERE waits_since IS NOT NULL;


CREATE INDEX domain_verification_idempotency_expiry ON domain_verification_idempotency (expires_at);


CREATE INDEX domain_verification_work_created ON domain_verification_work (created_at, id);


CREATE INDEX domain_verification_work_due ON domain_verification_work (waits_since, id) WHERE waits_since IS NOT NULL;


CREATE UNIQUE INDEX domain_verification_work_queue ON domain_verification_work (profile, domain, target, number);

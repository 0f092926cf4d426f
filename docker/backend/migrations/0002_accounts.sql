-- Accounts, in the shape that Better Auth works with (src/auth/auth.ts maps its names to these).
create table users (
  id             uuid        primary key default gen_random_uuid(),
  name           text        not null check (char_length(name) between 1 and 100),
  email          text        not null unique check (char_length(email) <= 254 and email = lower(email)),
  email_verified boolean     not null default false,
  image          text,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now()
);

-- Who is signed in where. (chat_sessions are something else: conversations.)
create table auth_sessions (
  id         uuid        primary key default gen_random_uuid(),
  user_id    uuid        not null references users (id) on delete cascade,
  token      text        not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_sessions_of_user on auth_sessions (user_id);

-- How somebody can sign in; by password, this is the row with its hash.
create table auth_accounts (
  id                       uuid        primary key default gen_random_uuid(),
  user_id                  uuid        not null references users (id) on delete cascade,
  account_id               text        not null,
  provider_id              text        not null,
  password                 text,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz,
  refresh_token_expires_at timestamptz,
  scope                    text,
  created_at               timestamptz not null default now(),
  updated_at               timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index auth_accounts_of_user on auth_accounts (user_id);

create table auth_verifications (
  id         uuid        primary key default gen_random_uuid(),
  identifier text        not null,
  value      text        not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_verifications_identifier on auth_verifications (identifier);

-- Conversations.
create table chat_sessions (
  id         uuid        primary key default gen_random_uuid(),
  user_id    uuid        not null references users (id) on delete cascade,
  title      text        not null default '' check (char_length(title) <= 200),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index chat_sessions_of_user on chat_sessions (user_id, updated_at desc, id desc);

create table chat_messages (
  session_id uuid        not null references chat_sessions (id) on delete cascade,
  -- A user's message has the id that the client made up: that is how a second try is known.
  id         uuid        not null default gen_random_uuid(),
  position   bigint      generated always as identity,
  role       text        not null check (role in ('user', 'assistant')),
  content    text        not null check (char_length(content) between 1 and 20000),
  -- The user's message that an assistant's answers; no message is answered twice.
  reply_to   uuid,
  source     text        check (source in ('model', 'rules')),
  tools      jsonb       not null default '[]',
  created_at timestamptz not null default now(),
  primary key (session_id, id),
  unique (session_id, reply_to),
  foreign key (session_id, reply_to) references chat_messages (session_id, id) on delete cascade,
  check ((role = 'assistant') = (reply_to is not null and source is not null))
);
create index chat_messages_in_order on chat_messages (session_id, position desc);

-- What the assistant knows beyond the words of a conversation, and the turn that it is in.
create table agent_state (
  session_id      uuid        primary key references chat_sessions (id) on delete cascade,
  -- What "the second one" and "it" mean.
  memory          jsonb       not null default '{}',
  -- The message that is being answered, the tools that have run for it, and who holds the turn until when.
  turn_message_id uuid,
  turn_steps      jsonb       not null default '[]',
  turn_holder     uuid,
  turn_until      timestamptz,
  updated_at      timestamptz not null default now(),
  foreign key (session_id, turn_message_id) references chat_messages (session_id, id) on delete cascade
);

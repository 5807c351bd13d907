-- Keys for machines, and the indexes behind the filters of the list of parts. One new table: no lock on anything that
-- exists. The indexes take a share lock on parts while they are built: nobody writes parts for about a second per
-- million.

-- Only the hash of a key is kept: a copied table opens nothing.
create table api_keys (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  key_sha256 text not null unique,
  -- The first letters, to tell keys apart.
  prefix text not null,
  read_only boolean not null,
  created_at timestamptz not null,
  created_by uuid not null references users (id),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_user_id on api_keys (user_id);
create index api_keys_created_by on api_keys (created_by);

-- A list is a keyset page in the order of the code, so each filter's index ends in the code.
create index parts_class_code on parts (class_id, code);
drop index parts_class_id;
create index parts_owner_code on parts (owner_code, code);
create index parts_maintainer_code on parts (maintainer_code, code);
create index parts_authority_code on parts (authority_code, code);
-- Nearly everything is intact: what is not is what people look for.
create index parts_state on parts (state, code) where state <> 'intact';

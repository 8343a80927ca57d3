import pg from 'pg';

/** Tables that are no account's, each with its reason. */
export const keyedOtherwise: Readonly<Record<string, string>> = {
  migrations: 'one row for each change of the tables',
  handles: 'keyed by the handle: unique among all accounts',
  recovery_keys: 'keyed by the key of a recovery code: asked by those who do not know the account yet',
  passkeys: 'keyed by what an authenticator calls it: asked by those who do not know the account yet',
  seen_requests: 'keyed by the blinded key that signed: remembered for ten minutes',
  mailboxes: 'keyed by an address that two devices chose by chance: asked by one that has no account yet',
  counters: 'keyed by what is counted, which may be an address',
  host_turns: 'keyed by the blinded host that is asked: forgotten a minute later',
};

/** Spreads every table of accounts over `parts` partitions by a hash of the account, with PostgreSQL's own means. */
export async function partitionByAccount(address: string, parts = 4): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    for (const table of await accountTables(client)) await client.query(statementsFor(table, parts));
  } finally {
    await client.end();
  }
}

async function accountTables(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  return rows.map(({ name }) => name).filter((name) => !Object.hasOwn(keyedOtherwise, name));
}

function statementsFor(table: string, parts: number): string {
  const key = table === 'accounts' ? 'id' : 'account';
  const partitions = Array.from(
    { length: parts },
    (_, part) =>
      `create table ${table}_${part} partition of ${table} for values with (modulus ${parts}, remainder ${part});`,
  );
  return `
    alter table ${table} rename to whole_${table};
    create table ${table} (like whole_${table} including all) partition by hash (${key});
    ${partitions.join('\n')}
    insert into ${table} select * from whole_${table};
    drop table whole_${table};`;
}

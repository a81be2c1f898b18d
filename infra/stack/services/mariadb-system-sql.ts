import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The order of mariadb-install-db; the prefix of the names changed from mysql to mariadb with version 11. */
const SYSTEM_FILES = [
  /^(mysql|mariadb)_system_tables\.sql$/,
  /^(mysql|mariadb)_performance_tables\.sql$/,
  /^(mysql|mariadb)_system_tables_data\.sql$/,
  /^maria_add_gis_sp_bootstrap\.sql$/,
  /^(mysql|mariadb)_sys_schema\.sql$/,
];

/** The statements that make an empty MariaDB data folder, for `mariadbd --bootstrap`. */
export async function mariadbSystemSql(serverPath: string): Promise<string> {
  const folder = await shareFolder(serverPath);
  const names = await readdir(folder);
  const parts = ['create database if not exists mysql;', 'use mysql;', 'SET @auth_root_socket=NULL;'];
  for (const pattern of SYSTEM_FILES) {
    const name = names.find((candidate) => pattern.test(candidate));
    if (name === undefined)
      throw new Error('The MariaDB installation lacks its system tables. Install the package mariadb-server-core again.');
    parts.push(await readFile(join(folder, name), 'utf8'));
  }
  // Accounts of this machine's name are of no use: the server listens on the loopback address only.
  return parts
    .join('\n')
    .split('\n')
    .filter((line) => !line.includes('@current_hostname'))
    .join('\n');
}

async function shareFolder(serverPath: string): Promise<string> {
  const prefix = dirname(dirname(await realpath(serverPath)));
  for (const name of ['mysql', 'mariadb']) {
    const folder = join(prefix, 'share', name);
    if (await holdsSystemTables(folder)) return folder;
  }
  throw new Error('The MariaDB installation lacks its share folder. Install the package mariadb-server-core again.');
}

async function holdsSystemTables(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).some((name) => /_system_tables\.sql$/.test(name));
  } catch {
    return false;
  }
}

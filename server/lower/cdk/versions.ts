import type { CodeCall } from '../../analysis/code/events.ts';
import { memberName } from '../program-values.ts';
import { snake } from '../cloudformation/names.ts';
import { member, prop, text, type Properties } from './call.ts';

/** Calls that name an engine, and what CloudFormation calls it. */
const engines: Readonly<Record<string, string>> = {
  aurora: 'aurora', auroraMysql: 'aurora-mysql', auroraPostgres: 'aurora-postgresql', mariaDb: 'mariadb', mysql: 'mysql', oracleEe: 'oracle-ee', oracleSe2: 'oracle-se2', postgres: 'postgres',
  sqlServerEe: 'sqlserver-ee', sqlServerEx: 'sqlserver-ex', sqlServerSe: 'sqlserver-se', sqlServerWeb: 'sqlserver-web',
};
const named = new Map(Object.entries(engines).flatMap(([name, engine]) => [[name, engine], [snake(name), engine]] as const));

/** `VER_11_5` is `11.5`; versions of Aurora for MySQL have that of MySQL before them. */
function versionOf(engine: string, name: string | undefined): string | undefined {
  const own = /^VER_(\d+(?:_\d+)*)$/.exec(name ?? '')?.[1]?.replaceAll('_', '.');
  if (own === undefined || engine !== 'aurora-mysql') return own;
  return own.startsWith('2.') ? `5.7.mysql_aurora.${own}` : own.startsWith('3.') ? `8.0.mysql_aurora.${own}` : own;
}

/** `engine: DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_11_5 })`. */
export function databaseEngine(call: CodeCall, properties: Properties): void {
  const given = prop(call, 'engine');
  const made = given?.value.call;
  const engine = named.get(/\.Database(?:Instance|Cluster)Engine\.(\w+)$/.exec(made?.name ?? '')?.[1] ?? '');
  if (!given || !made || engine === undefined) return;
  properties.set('Engine', text(engine, given.origin), given.origin);
  const version = prop(made, 'version');
  const own = versionOf(engine, memberName(version?.value));
  if (version && own !== undefined) properties.set('EngineVersion', text(own, version.origin), version.origin);
}

/** A version that is a member of an enumeration: `ELASTICSEARCH_6_8`, `OPENSEARCH_2_17`, `V6_3`. */
export function memberVersion(name: string, path: string) {
  return (call: CodeCall, properties: Properties): void => {
    const parts = /^(ELASTICSEARCH_|OPENSEARCH_|V)(\d+(?:_\d+)*)$/.exec(member(call, name) ?? '');
    const given = prop(call, name);
    if (!parts || !given) return;
    const before = parts[1] === 'ELASTICSEARCH_' ? 'Elasticsearch_' : parts[1] === 'OPENSEARCH_' ? 'OpenSearch_' : '';
    properties.set(path, text(`${before}${parts[2]!.replaceAll('_', '.')}`, given.origin), given.origin);
  };
}

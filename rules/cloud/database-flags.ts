import { ifSet, matches, never, service, type Expect, type Line } from '../_families.ts';

const sql = 'google_sql_database_instance';
const path = 'settings.database_flags.value';

/** Must be on; a flag that is not set has the bad default. */
const mustBeOn: Expect = { must: { is: ['on'] }, absent: 'bad', set: 'on', sample: { bad: 'off' } };
const mustBeOff: Expect = { must: { is: ['off'] }, absent: 'fine', set: 'off', sample: { bad: 'on' } };

function flag(name: string, expect: Expect, problem: string, engine: string | undefined, severity: 'low' | 'info' | 'medium' = 'low'): Line {
  const samples = { type: engine ?? 'POSTGRES_17' };
  const bad = String(expect.sample?.bad ?? 'off');
  const good = String(expect.sample?.good ?? expect.set ?? 'on');
  const body = (value: string, mark = false): string => `  database_version = "${samples.type}"\n  settings {\n    database_flags {\n      name  = "${name}"\n      value = "${value}"\n${mark ? `${' '.repeat(15)}${'^'.repeat(value.length)}\n` : ''}    }\n  }\n`;
  const wrap = (text: string): string => `resource "${sql}" "main" {\n${text}}\n`;
  return [path, { ...expect, ...(expect.set === undefined ? {} : { set: expect.set }) }, problem, {
    item: { key: 'name', name }, severity,
    ...(engine ? { when: [{ path: 'database_version', must: { matches: new RegExp(`^${engine.split('_')[0]}`) } }] } : {}),
    examples: [{ file: 'main.tf', bad: wrap(body(bad, true)), ...(expect.set === undefined ? {} : { fixed: wrap(body(String(expect.set))) }), good: wrap(body(good)) }],
  }];
}

const onlyIf = (expect: Expect): Expect => ({ ...expect, absent: 'fine' });

export default [
  ...service('SQL instance', sql, {
    logging: {
      'postgres-flag-log-checkpoints': flag('log_checkpoints', mustBeOn, 'does not log checkpoints', 'POSTGRES_17', 'info'),
      'postgres-flag-log-connections': flag('log_connections', mustBeOn, 'does not log connections', 'POSTGRES_17'),
      'postgres-flag-log-disconnections': flag('log_disconnections', mustBeOn, 'does not log the end of connections', 'POSTGRES_17', 'info'),
      'postgres-flag-log-lock-waits': flag('log_lock_waits', mustBeOn, 'does not log waits for locks', 'POSTGRES_17', 'info'),
      'postgres-flag-log-duration': flag('log_duration', mustBeOn, 'does not log how long statements take', 'POSTGRES_17', 'info'),
      'postgres-flag-log-hostname': flag('log_hostname', mustBeOn, 'does not log the names of clients', 'POSTGRES_17', 'info'),
      'postgres-flag-log-temp-files': flag('log_temp_files', { must: { is: ['0'] }, absent: 'fine', set: '0', sample: { bad: '10' } }, 'does not log all temporary files', undefined, 'info'),
      'postgres-flag-log-min-duration': flag('log_min_duration_statement', { must: { is: ['-1'] }, absent: 'fine', set: '-1', sample: { bad: '99' } }, 'writes statements with their values to the log', undefined),
      'postgres-flag-log-min-messages': flag('log_min_messages', { must: { is: ['fatal', 'panic', 'log', 'error', 'warning', 'notice', 'info', 'debug1', 'debug2', 'debug3', 'debug4', 'debug5'] }, absent: 'fine', set: 'warning', sample: { bad: 'debug6', good: 'warning' } }, 'logs at a level that does not exist', undefined, 'info'),
      'postgres-flag-log-errors': flag('log_min_messages', never(/^(?:fatal|panic|log)$/i, 'PANIC', 'WARNING'), 'does not log errors', undefined),
      'postgres-flag-log-error-statement': flag('log_min_error_statement', never(/^(?:fatal|panic|log)$/i, 'PANIC', 'ERROR'), 'does not log statements that fail', undefined),
      'postgres-flag-log-statement': flag('log_statement', { must: { is: ['ddl', 'mod', 'all'] }, absent: 'fine', set: 'ddl', sample: { bad: 'none' } }, 'does not log changes of its structure', undefined),
      'postgres-flag-log-error-verbosity': flag('log_error_verbosity', { must: { is: ['default', 'verbose'] }, absent: 'fine', set: 'default', sample: { bad: 'terse' } }, 'logs little of errors', undefined, 'info'),
      'postgres-flag-pgaudit': flag('cloudsql.enable_pgaudit', mustBeOn, 'has no audit log', 'POSTGRES_17', 'info'),
      ...Object.fromEntries((['log_executor_stats', 'log_parser_stats', 'log_planner_stats', 'log_statement_stats'] as const).map((name) => [`postgres-flag-${name.replaceAll('_', '-')}`, flag(name, mustBeOff, `fills its log with statistics (${name})`, undefined, 'info')])),
      'sql-flag-directory-sign-in': flag('cloudsql.iam_authentication', onlyIf(mustBeOn), 'does not let identities of the cloud sign in', undefined, 'info'),
      'mysql-flag-slow-log': flag('slow_query_log', onlyIf(mustBeOn), 'does not log slow statements', undefined, 'info'),
      'sqlserver-flag-trace': flag('3625', mustBeOn, 'shows details of errors to everybody', 'SQLSERVER_2022', 'info'),
    },
    exposed: { 'mysql-flag-local-infile': flag('local_infile', mustBeOff, 'lets clients load files', undefined, 'medium') },
    privilege: {
      'sqlserver-flag-cross-ownership': flag('cross db ownership chaining', mustBeOff, 'lets rights in one database reach another', undefined, 'medium'),
      'mysql-flag-skip-show': flag('skip_show_database', mustBeOn, 'shows its databases to everybody', 'MYSQL_8_0', 'info'),
      'sqlserver-flag-external-scripts': flag('external scripts enabled', mustBeOff, 'runs external scripts', undefined, 'medium'),
      'sqlserver-flag-remote-access': flag('remote access', mustBeOff, 'lets other servers run procedures', undefined),
      'sqlserver-flag-user-options': flag('user options', never(/./, '1', ''), 'sets options for all users', undefined, 'info'),
    },
    identity: {
      'sqlserver-flag-contained-authentication': flag('contained database authentication', mustBeOff, 'lets databases know users of their own', undefined),
      'sqlserver-flag-user-connections': flag('user connections', { must: { is: ['0'] }, absent: 'fine', set: '0', sample: { bad: '10' } }, 'limits how many can connect', undefined, 'info'),
    },
  }),
  ...service('Parameter group', ['aws_redshift_parameter_group', 'aws_redshift_cluster_parameter_group'], {
    transit: {
      'redshift-without-tls': ['parameter.value', { must: { is: ['true', true, '1'] }, absent: 'bad', set: 'true', sample: { bad: 'false' } }, 'accepts connections without TLS', { item: { key: 'name', name: 'require_ssl' }, cfn: 'parameters.parameter_value', severity: 'medium' }],
    },
    logging: {
      'redshift-without-activity-log': ['parameter.value', { must: { is: ['true', true, '1'] }, absent: 'bad', set: 'true', sample: { bad: 'false' } }, 'does not log what users do', { item: { key: 'name', name: 'enable_user_activity_logging' }, cfn: 'parameters.parameter_value', severity: 'info' }],
    },
  }),
  ...service('Parameter group', ['aws_db_parameter_group', 'aws_rds_cluster_parameter_group', 'aws_docdb_cluster_parameter_group'], {
    transit: {
      'rds-parameter-without-tls': ['parameter.value', { must: { is: ['1', 'on', 'true', 'enabled', 'tls1.2+', 'tls1.3+'] }, absent: 'fine', set: '1', sample: { bad: '0' } }, 'accepts connections without TLS', {
        item: { key: 'name', name: /^(?:require_secure_transport|rds\.force_ssl|tls)$/ }, cfn: 'parameters.parameter_value', severity: 'medium',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_db_parameter_group" "chart" {\n  parameter {\n    name  = "rds.force_ssl"\n    value = "0"\n             ^\n  }\n}\n',
          fixed: 'resource "aws_db_parameter_group" "chart" {\n  parameter {\n    name  = "rds.force_ssl"\n    value = "1"\n  }\n}\n',
          good: 'resource "aws_db_parameter_group" "chart" {\n  parameter {\n    name  = "rds.force_ssl"\n    value = "1"\n  }\n}\n',
        }],
      }],
    },
    logging: {
      'rds-parameter-without-audit': ['parameter.value', { must: { not: ['disabled', 'none', '0'] }, absent: 'bad' }, 'switches no audit log on', {
        item: { key: 'name', name: /^(?:audit_logs|server_audit_logging|pgaudit\.log|log_statement|general_log)$/ },
        cfn: 'parameters.parameter_value', severity: 'info', confidence: 'low',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_docdb_cluster_parameter_group" "chart" {\n  parameter {\n    name  = "audit_logs"\n    value = "disabled"\n             ^^^^^^^^\n  }\n}\n',
          good: 'resource "aws_docdb_cluster_parameter_group" "chart" {\n  parameter {\n    name  = "audit_logs"\n    value = "enabled"\n  }\n}\n',
        }],
      }],
      'rds-parameter-query-log': ['parameter.value', { must: { not: ['none'] }, absent: 'bad' }, 'does not log statements', {
        item: { key: 'name', name: 'log_statement' }, cfn: 'parameters.parameter_value', when: [{ path: 'family', must: { matches: /postgres/ } }],
        severity: 'info', confidence: 'low', sample: { bad: 'none', good: 'ddl' },
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_rds_cluster_parameter_group" "chart" {\n  family = "aurora-postgresql16"\n  parameter {\n    name  = "log_statement"\n    value = "none"\n             ^^^^\n  }\n}\n',
          good: 'resource "aws_rds_cluster_parameter_group" "chart" {\n  family = "aurora-postgresql16"\n  parameter {\n    name  = "log_statement"\n    value = "ddl"\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Cluster setting', 'aws_ecs_account_setting_default', {
    logging: {
      'ecs-account-insights': ['value', ifSet('disabled', 'enabled', 'enhanced'), 'switches container insights off', { when: [{ path: 'name', must: { is: ['containerInsights'] } }] }],
    },
  }),
  ...service('Stream engine', 'aws_msk_configuration', {
    transit: {
      'msk-topic-plain': ['server_properties', matches(/^(?![\s\S]*allow\.everyone\.if\.no\.acl\.found\s*=\s*true)/, 'allow.everyone.if.no.acl.found=true', 'auto.create.topics.enable = false'), 'lets everybody use topics that have no list of rights', { severity: 'low' }],
    },
  }),
];

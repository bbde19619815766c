import type { Report, Rule } from '../../server/rule/rule.ts';
import { callRule, option, text } from '../_calls.ts';
import { sample } from '../_samples.ts';

/** What whoever starts a run gives along, in the language of templates. */
const given = /\{\{[^{}]*\b(?:dag_run\.conf|params)\b[^{}]*\}\}/;

export default [
  callRule({
    id: 'input-validation/run-settings-in-command', title: 'Settings of a run in a shell command', severity: 'medium', confidence: 'medium', references: ['CWE-78', 'SI-10'],
    callees: ['airflow.operators.bash.BashOperator', 'airflow.operators.bash_operator.BashOperator', 'airflow.providers.standard.operators.bash.BashOperator', 'airflow.providers.ssh.operators.ssh.SSHOperator', 'airflow.contrib.operators.ssh_operator.SSHOperator'],
    what: 'Reports commands of Airflow’s Bash and SSH operators that put `dag_run.conf` or `params` into their text.', why: 'Whoever may start a run gives a value such as `$(…)`, which the shell runs with the rights of the worker.',
    noFix: 'The value has to be handed over in `env` and quoted where it is used.', whenNotToUse: 'Where a schema of the parameters lets only fixed values in.',
    judge: (call): Report | undefined => {
      const found = option(call, 'bash_command') ?? option(call, 'command');
      const inserted = given.exec(text(found) ?? '')?.[0];
      return found && inserted !== undefined ? { at: found.origin, message: `The shell runs what ${inserted} brings along.` } : undefined;
    },
    examples: [{ file: 'dag.py', bad: sample(['from airflow.operators.bash import BashOperator', 'say = BashOperator(task_id="say", bash_command=«"echo {{ dag_run.conf[\'message\'] }}"»)']), good: sample(['from airflow.operators.bash import BashOperator', 'say = BashOperator(task_id="say", bash_command=\'echo "$MESSAGE"\', env={"MESSAGE": "{{ dag_run.conf[\'message\'] }}"})']) }],
  }),
  callRule({
    id: 'input-validation/run-settings-in-statement', title: 'Settings of a run in an SQL statement', severity: 'medium', confidence: 'medium', references: ['CWE-89', 'SI-10'],
    callees: [
      'airflow.providers.common.sql.operators.sql.{SQLExecuteQueryOperator,SQLCheckOperator,SQLValueCheckOperator}', 'airflow.providers.{postgres.operators.postgres.PostgresOperator,mysql.operators.mysql.MySqlOperator,sqlite.operators.sqlite.SqliteOperator}',
      'airflow.providers.{snowflake.operators.snowflake.SnowflakeOperator,google.cloud.operators.bigquery.BigQueryInsertJobOperator,amazon.aws.operators.redshift_sql.RedshiftSQLOperator,trino.operators.trino.TrinoOperator}', 'airflow.operators.{postgres_operator.PostgresOperator,mysql_operator.MySqlOperator}',
    ],
    what: 'Reports statements of Airflow’s SQL operators that put `dag_run.conf` or `params` into their text.', why: 'Whoever may start a run gives a value that ends the text it stands in, and goes on with a statement of their own.',
    noFix: 'The value has to be handed over in `parameters`.', whenNotToUse: 'Where a schema of the parameters lets only fixed values in.',
    judge: (call): Report | undefined => {
      const found = option(call, 'sql');
      const inserted = given.exec(text(found) ?? '')?.[0];
      return found && inserted !== undefined ? { at: found.origin, message: `The statement takes ${inserted} in as it is.` } : undefined;
    },
    examples: [{ file: 'dag.py', bad: sample(['from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator', 'rows = SQLExecuteQueryOperator(task_id="rows", sql=«"select * from orders where day = \'{{ dag_run.conf[\'day\'] }}\'"»)']), good: sample(['from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator', 'rows = SQLExecuteQueryOperator(task_id="rows", sql="select * from orders where day = %(day)s", parameters={"day": "{{ dag_run.conf[\'day\'] }}"})']) }],
  }),
] satisfies readonly Rule[];

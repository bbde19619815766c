import type { PolicyStatement, PolicyString, RuleId, Severity } from '../../server/rule/queries.ts';
import { defineRule, type Example, type Report, type Rule } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';

/** A rule on statements of policies, in few lines. */
export interface StatementRow {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence?: 'medium' | 'low';
  readonly what: string;
  readonly why?: string;
  readonly whenNotToUse?: string;
  readonly noFix?: string;
  readonly judge: (statement: PolicyStatement) => readonly Report[];
  /** Lines of the statement in the samples; a mark line may follow. */
  readonly bad: readonly string[];
  readonly good: readonly string[];
  /** Lines after the fix, with the code whose calls it takes. */
  readonly fixed?: readonly string[];
  readonly trust?: true;
  readonly resource?: true;
  readonly endpoint?: true;
  readonly references?: readonly string[];
  /** Does not hold where a statement beside it denies everybody who does not meet a condition. */
  readonly narrowed?: true;
}

export const policy = (statement: PolicyStatement): string => (statement.owner ? `Policy of "${statement.owner.name}"` : 'The policy');
export const role = (statement: PolicyStatement): string => (statement.owner ? `Role "${statement.owner.name}"` : 'The role');
/** Policies of VPC endpoints only narrow what the caller may do anyway. */
export const allows = (statement: PolicyStatement): boolean => statement.effect === 'allow' && statement.system === 'aws' && statement.owner?.type !== 'aws_vpc_endpoint';
/** Private APIs allow everybody and deny who does not come through an endpoint of the network. Statements of a program are resources of their own. */
function narrowed(statement: PolicyStatement, all: readonly PolicyStatement[]): boolean {
  const beside = (one: PolicyStatement): boolean => one.owner?.address === statement.owner!.address || (one.owner?.dialect === 'cdk' && statement.owner!.dialect === 'cdk' && one.origin.path === statement.origin.path);
  return statement.owner !== undefined && all.some((one) => one.effect === 'deny' && beside(one) && one.principals.some((principal) => principal.value === '*') && one.conditions.some((condition) => /^aws:(?:Source(?:Vpc|Vpce|Ip|Account|Arn)|PrincipalOrgID|PrincipalArn)$/i.test(condition.key)));
}

/** Conditions that say how to ask, not who may. */
const formal = /^(?:aws:SecureTransport|s3:TlsVersion|s3:x-amz-.*|aws:RequestedRegion|kms:GrantIsForAWSResource|aws:CurrentTime|aws:EpochTime)$/i;
/** Who asks; a pattern that everything meets says nothing of it. */
const asking = /^aws:(?:Principal\w+|userid|username|Source(?:Arn|Account))$/i;
const meetsAll = (one: PolicyStatement['conditions'][number]): boolean => asking.test(one.key) && /Like$/i.test(one.operator) && one.values.some((value) => value.kind === 'string' && value.value === '*');
export const unconditional = (statement: PolicyStatement): boolean => statement.conditions.every((one) => formal.test(one.key) || meetsAll(one));

export function each<T extends PolicyString>(items: readonly T[], accept: (item: T) => boolean, message: (item: T) => string): Report[] {
  return items.filter(accept).map((item) => ({ at: item.origin, message: message(item) }));
}

/** Code that calls one action of S3. */
const callingCode = "import boto3\n\nboto3.client('s3').get_object(Bucket='training-data', Key='part-0')\n";

function samples(row: StatementRow): readonly Example[] {
  const [head, attribute] = row.trust ? ['resource "aws_iam_role" "trainer" {', 'assume_role_policy'] : row.endpoint ? ['resource "aws_vpc_endpoint" "storage" {', 'policy'] : row.resource ? ['resource "aws_s3_bucket_policy" "data" {', 'policy'] : ['resource "aws_iam_role_policy" "trainer" {', 'policy'];
  const text = (lines: readonly string[]): string => [head, `  ${attribute} = jsonencode({`, '    Statement = [{', '      Effect = "Allow"', ...lines.map((line) => `      ${line}`), '    }]', '  })', '}', ''].join('\n');
  return [{ file: 'main.tf', bad: text(row.bad), good: text(row.good), ...(row.fixed ? { fixed: text(row.fixed), files: { 'train.py': callingCode } } : {}) }];
}

/** What is said of actions once they are named. */
const named: readonly RuleId[] = ['iam/data-read-anywhere', 'iam/wildcard-resource', 'iam/pass-any-role', 'iam/privilege-escalation', 'iam/assume-any-role'];

export function statementRules(rows: readonly StatementRow[]): readonly Rule[] {
  return rows.map((row): Rule => defineRule({
    id: row.id, title: row.title, severity: row.severity, confidence: row.confidence ?? 'high',
    references: row.references ?? families.privilege.references,
    what: `${row.what} In Terraform, CloudFormation, CDK and policy files alike.`,
    why: row.why ?? families.privilege.why,
    whenNotToUse: row.whenNotToUse ?? 'For the break-glass role of an account.',
    ...(row.noFix === undefined ? { leadsTo: named } : { noFix: row.noFix }),
    checks: [{ on: 'statement', check: (statement, context) => { if (!row.narrowed || !narrowed(statement, context.statements)) for (const report of row.judge(statement)) context.report(report); } }],
    examples: samples(row),
  }));
}

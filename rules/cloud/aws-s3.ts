import type { Example } from '../../server/rule/rule.ts';
import { byHand, ifSet, is, missing, needed, never, none, not, notOff, on, orMissing, service } from '../_families.ts';

const block = 'aws_s3_bucket_public_access_block';
const bucketAndAcl = ['aws_s3_bucket', 'aws_s3_bucket_acl'];

/** A bucket alone, and with the resource beside it that a fix adds. */
function beside(type: string, ...lines: readonly string[]): readonly Example[] {
  const companion = ['', `resource "${type}" "main" {`, '  bucket = aws_s3_bucket.main.id', '', ...lines.map((line) => `  ${line}`), '}', ''].join('\n');
  const [alone] = missing('aws_s3_bucket', '', '');
  const both = `resource "aws_s3_bucket" "main" {\n}\n${companion}`;
  return [{ file: 'main.tf', bad: alone!.bad!, fixed: both, good: both }];
}

const blocked = { examples: beside(block, 'block_public_acls       = true', 'block_public_policy     = true', 'ignore_public_acls      = true', 'restrict_public_buckets = true') };

/** Buckets are configured by companions since version 4 of the provider; both ways count. *//** The account says the same for all buckets. */
const ofAccount = (path: string) => ({ type: 'aws_s3_account_public_access_block', path, must: { is: [true] } }) as const;

const plain = 'resource "aws_s3_bucket" "main" {\n}\n';
const marked = plain.replace('\n', `\n${' '.repeat('resource "aws_s3_bucket" "'.length)}^^^^\n`);
/** A bucket that takes the records of others. */
const logs = 'resource "aws_s3_bucket" "logs" {\n  acl = "log-delivery-write"\n}\n\n';

export default [
  ...service('Bucket', 'aws_s3_bucket', {
    atRest: {
      'unencrypted-bucket': ['server_side_encryption_configuration', needed, 'has no encryption configuration', {
        ansible: 'encryption', or: [{ type: 'aws_s3_bucket_server_side_encryption_configuration' }], severity: 'info',
        whenNotToUse: 'Where the default encryption of the service (SSE-S3) is all that is asked for.',
        noFix: 'The kind of encryption and its key have to be chosen.',
      }],
    },
    customerKey: {
      'bucket-without-customer-key': ['server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm', is('aws:kms', 'aws:kms:dsse'), 'is not encrypted with a customer-managed key', {
        ansible: 'encryption', or: [{ type: 'aws_s3_bucket_server_side_encryption_configuration' }], severity: 'info', risky: true,
        examples: beside('aws_s3_bucket_server_side_encryption_configuration', 'rule {', '  apply_server_side_encryption_by_default {', '    sse_algorithm = "aws:kms"', '  }', '}'),
      }],
    },
    public: {
      'bucket-public-access-block-missing': ['public_access_block', needed, 'has no public access block', {
        ansible: 'public_access', or: [{ type: block }, ofAccount('block_public_acls')], severity: 'info', confidence: 'medium',
        whenNotToUse: 'Where the account blocks public access for all buckets.',
        beside: { type: block, lines: ['bucket = {owner}.id', '', 'block_public_acls       = true', 'block_public_policy     = true', 'ignore_public_acls      = true', 'restrict_public_buckets = true'] },
      }],
      'bucket-allows-public-acls': ['public_access_block.block_public_acls', orMissing(notOff), 'does not block public ACLs', { ansible: 'public_access.block_public_acls', or: [{ type: block }, ofAccount('block_public_acls')], severity: 'low', missing: 'info', ...blocked }],
      'bucket-allows-public-policy': ['public_access_block.block_public_policy', orMissing(notOff), 'does not block public policies', { ansible: 'public_access.block_public_policy', or: [{ type: block }, ofAccount('block_public_policy')], severity: 'low', missing: 'info', ...blocked }],
      'bucket-respects-public-acls': ['public_access_block.ignore_public_acls', orMissing(notOff), 'does not ignore public ACLs', { ansible: 'public_access.ignore_public_acls', or: [{ type: block }, ofAccount('ignore_public_acls')], severity: 'low', missing: 'info', ...blocked }],
      'bucket-public-unrestricted': ['public_access_block.restrict_public_buckets', orMissing(notOff), 'does not restrict access that a public policy gives', { ansible: 'public_access.restrict_public_buckets', or: [{ type: block }, ofAccount('restrict_public_buckets')], severity: 'low', missing: 'info', ...blocked }],
      'bucket-static-website': ['website|website_configuration', none, 'is served as a website', { severity: 'low', confidence: 'medium', whenNotToUse: 'For buckets that are a public website on purpose.' }],
    },
    identity: {
      'bucket-cors-any-origin': ['cors_rule.allowed_origins', byHand(not(['https://app.example.com'], '*')), 'accepts cross-origin requests from every site', { cfn: 'cors_configuration.cors_rules.allowed_origins', severity: 'medium' }],
      'bucket-cors-any-method': ['cors_rule.allowed_methods', never(/^(?:\*|DELETE|PUT|POST)$/, ['DELETE'], ['GET']), 'accepts changing requests from other sites', { cfn: 'cors_configuration.cors_rules.allowed_methods', severity: 'low' }],
      'bucket-cors-any-header': ['cors_rule.allowed_headers', never(/^\*$/, ['*'], ['Authorization']), 'accepts every header in requests from other sites', { cfn: 'cors_configuration.cors_rules.allowed_headers', severity: 'low' }],
    },
    recovery: {
      'bucket-without-versioning': ['versioning.enabled', on, 'keeps no earlier versions of its objects', {
        cfn: 'versioning.status', ansible: 'versioning', or: [{ type: 'aws_s3_bucket_versioning' }],
        examples: [{ file: 'main.tf', bad: marked, fixed: `${plain}\nresource "aws_s3_bucket_versioning" "main" {\n  bucket = aws_s3_bucket.main.id\n\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n`, good: 'resource "aws_s3_bucket" "main" {\n  versioning {\n    enabled = true\n  }\n}\n' }],
      }],
      'bucket-without-mfa-delete': ['versioning.mfa_delete', byHand(on), 'can be emptied without a second factor', {
        cfn: false, noFix: 'Only the root user with its second factor can switch it on.', severity: 'info',
        or: [{ type: 'aws_s3_bucket_versioning', path: 'versioning_configuration.mfa_delete', must: { is: ['Enabled'] } }],
      }],
      'bucket-without-replication': ['replication_configuration', needed, 'is not replicated', { or: [{ type: 'aws_s3_bucket_replication_configuration' }], severity: 'info' }],
      'bucket-without-lifecycle': ['lifecycle_rule|lifecycle_configuration', needed, 'keeps objects and failed uploads forever', {
        or: [{ type: 'aws_s3_bucket_lifecycle_configuration' }], severity: 'info',
        beside: { type: 'aws_s3_bucket_lifecycle_configuration', lines: ['bucket = {owner}.id', '', 'rule {', '  id     = "abort-failed-uploads"', '  status = "Enabled"', '', '  filter {}', '', '  abort_incomplete_multipart_upload {', '    days_after_initiation = 7', '  }', '}'] },
      }],
    },
    logging: {
      'bucket-without-access-log': ['logging', needed, 'records no access', {
        ansible: false, or: [{ type: 'aws_s3_bucket_logging' }, { type: 'aws_s3_bucket_acl', path: 'acl', must: { is: ['log-delivery-write'] } }],
        beside: { type: 'aws_s3_bucket_logging', lines: ['bucket        = {owner}.id', 'target_bucket = {the aws_s3_bucket named log}.id', 'target_prefix = "{name}/"'] },
        examples: [{ file: 'main.tf', bad: `${logs}${marked}`, fixed: `${logs}${plain}\nresource "aws_s3_bucket_logging" "main" {\n  bucket        = aws_s3_bucket.main.id\n  target_bucket = aws_s3_bucket.logs.id\n  target_prefix = "main/"\n}\n`, good: 'resource "aws_s3_bucket" "main" {\n  logging {\n    target_bucket = "logs"\n  }\n}\n' }],
        // It takes the records of others.
        orPath: [{ path: 'acl', must: { is: ['log-delivery-write', 'LogDeliveryWrite'] } }],
      }],
      'bucket-without-events': ['notification_configuration', needed, 'tells nobody of changes', { or: [{ type: 'aws_s3_bucket_notification' }], severity: 'info' }],
    },
  }),
  ...service('Bucket', 'aws_s3_bucket', {
    atRest: {
      'bucket-without-object-lock': ['object_lock_configuration.object_lock_enabled', byHand(is('Enabled')), 'does not lock its objects against deletion', {
        cfn: 'object_lock_enabled', noFix: 'What is locked cannot be deleted: how long has to be decided first.', ansible: 'object_lock_enabled',
        or: [{ type: 'aws_s3_bucket_object_lock_configuration' }], orPath: [{ path: 'object_lock_enabled', must: { is: [true] } }], severity: 'info',
      }],
    },
  }),
  ...service('Bucket', bucketAndAcl, {
    public: {
      'public-bucket-acl': ['acl', not('private', 'public-read', 'website', 'PublicRead'), 'is readable by everyone'],
      'public-writable-bucket-acl': ['acl', not('private', 'public-read-write', 'PublicReadWrite'), 'is writable by everyone', { severity: 'critical' }],
      'bucket-acl-authenticated': ['acl', not('private', 'authenticated-read', 'AuthenticatedRead'), 'is readable by every AWS account'],
      'bucket-grant-to-everyone': ['access_control_policy.grant.grantee.uri|grant.uri', never(/AllUsers|AuthenticatedUsers/, 'http://acs.amazonaws.com/groups/global/AllUsers', 'http://acs.amazonaws.com/groups/s3/LogDelivery'), 'grants rights to everyone'],
    },
  }),
  ...service('Access control list', 'aws_s3_bucket_ownership_controls', {
    privilege: {
      'bucket-acls-enabled': ['rule.object_ownership', ifSet('ObjectWriter', 'BucketOwnerEnforced'), 'lets the writers of objects set their own rights', { severity: 'low' }],
    },
  }),
  ...service('Public access block', [block, 'aws_s3_account_public_access_block'], {
    public: Object.fromEntries((['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'] as const).map((name) => [`public-access-${name.replaceAll('_', '-')}`, [name, on, `leaves ${name} off`, { severity: 'medium', confidence: 'high' }]])),
  }),
  ...service('Access point', 'aws_s3_access_point', {
    public: {
      'access-point-without-block': ['public_access_block_configuration.block_public_policy', orMissing(notOff), 'allows public policies', { severity: 'low' }],
    },
  }),
  ...service('Encryption configuration', 'aws_s3_bucket_server_side_encryption_configuration', {
    customerKey: {
      'bucket-encryption-without-key': ['rule.apply_server_side_encryption_by_default.sse_algorithm', ifSet('AES256', 'aws:kms', 'aws:kms:dsse'), 'uses a provider-managed key', { severity: 'info' }],
    },
  }),
  ...service('Versioning', 'aws_s3_bucket_versioning', {
    recovery: {
      'bucket-versioning-suspended': ['versioning_configuration.status', ifSet('Suspended', 'Enabled'), 'is switched off'],
      'bucket-versioning-without-mfa-delete': ['versioning_configuration.mfa_delete', ifSet('Disabled', 'Enabled'), 'lets versions be deleted without a second factor', { severity: 'info' }],
    },
  }),
  ...service('Object', ['aws_s3_bucket_object', 'aws_s3_object', 'aws_s3_object_copy'], {
    customerKey: { 's3-object-without-key': ['kms_key_id', needed, 'is not encrypted with a customer-managed key', { severity: 'info' }] },
    public: {
      'public-s3-object': ['acl|permission', not('private', 'public-read', 'public-read-write', 'authenticated-read'), 'can be read by everyone', { ansible: 'permission' }],
    },
  }),
  ...service('CORS configuration', 'aws_s3_bucket_cors_configuration', {
    identity: {
      'cors-configuration-any-origin': ['cors_rule.allowed_origins', byHand(not(['https://app.example.com'], '*')), 'accepts cross-origin requests from every site', { severity: 'medium' }],
      'cors-configuration-any-method': ['cors_rule.allowed_methods', never(/^(?:\*|DELETE|PUT|POST)$/, ['DELETE'], ['GET']), 'accepts changing requests from other sites'],
      'cors-configuration-any-header': ['cors_rule.allowed_headers', never(/^\*$/, ['*'], ['Authorization']), 'accepts every header in requests from other sites'],
    },
  }),
  ...service('Lifecycle configuration', 'aws_s3_bucket_lifecycle_configuration', {
    recovery: { 'failed-uploads-kept': ['rule.abort_incomplete_multipart_upload', needed, 'keeps failed uploads forever', { severity: 'info' }] },
  }),
];

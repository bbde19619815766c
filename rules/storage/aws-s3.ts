import { families, needed, notOff, on, table } from '../_families.ts';

const { atRest, customerKey, public: open, recovery } = families;
const block = 'aws_s3_bucket_public_access_block';

/** Buckets are configured by companions since version 4 of the provider; both ways count. */
export default [
  ...table(atRest, [
    {
      id: 'storage/unencrypted-bucket', title: 'Bucket without encryption configuration', type: 'aws_s3_bucket', path: 'server_side_encryption_configuration', ...needed,
      or: [{ type: 'aws_s3_bucket_server_side_encryption_configuration' }], severity: 'medium', noun: 'Bucket', problem: 'has no encryption configuration',
      whenNotToUse: 'Where the default encryption of the service (SSE-S3) is all that is asked for.',
      noFix: 'The kind of encryption and its key have to be chosen.',
      examples: [{
        file: 'main.tf',
        bad: 'resource "aws_s3_bucket" "training_data" {\n                          ^^^^^^^^^^^^^\n  bucket = "training-data"\n}\n',
        good: 'resource "aws_s3_bucket" "training_data" {\n  bucket = "training-data"\n}\n\nresource "aws_s3_bucket_server_side_encryption_configuration" "training_data" {\n  bucket = aws_s3_bucket.training_data.id\n  rule {\n    apply_server_side_encryption_by_default {\n      sse_algorithm = "aws:kms"\n    }\n  }\n}\n',
      }],
    },
  ]),
  ...table(customerKey, [
    { id: 'storage/bucket-without-key', title: 'Bucket encrypted with a provider-managed key', type: 'aws_s3_bucket_server_side_encryption_configuration', path: 'rule.apply_server_side_encryption_by_default.sse_algorithm', must: { is: ['aws:kms', 'aws:kms:dsse'] }, absent: 'fine', set: 'aws:kms', noun: 'Encryption configuration', problem: 'uses a provider-managed key', sample: { bad: 'AES256' } },
  ]),
  ...table(open, [
    { id: 'storage/public-bucket-acl', title: 'Bucket readable by everyone', type: ['aws_s3_bucket', 'aws_s3_bucket_acl'], path: 'acl', must: { not: ['public-read', 'website', 'PublicRead'] }, absent: 'fine', set: 'private', noun: 'Bucket', problem: 'is readable by everyone' },
    { id: 'storage/public-writable-bucket-acl', title: 'Bucket writable by everyone', type: ['aws_s3_bucket', 'aws_s3_bucket_acl'], path: 'acl', must: { not: ['public-read-write', 'PublicReadWrite'] }, absent: 'fine', set: 'private', severity: 'critical', noun: 'Bucket', problem: 'is writable by everyone' },
    { id: 'storage/bucket-acl-authenticated', title: 'Bucket readable by every AWS account', type: ['aws_s3_bucket', 'aws_s3_bucket_acl'], path: 'acl', must: { not: ['authenticated-read', 'AuthenticatedRead'] }, absent: 'fine', set: 'private', noun: 'Bucket', problem: 'is readable by every AWS account' },
    ...(['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'] as const).map((name) => ({
      id: `storage/public-access-${name.replaceAll('_', '-')}` as const, title: `Public access block without ${name}`, type: [block, 'aws_s3_account_public_access_block'], path: name, ...on, severity: 'medium' as const, confidence: 'high' as const, noun: 'Public access block', problem: `leaves ${name} off`,
    })),
    {
      id: 'storage/bucket-without-public-access-block', title: 'Bucket without a public access block', type: 'aws_s3_bucket', path: 'public_access_block', ...needed, or: [{ type: block }], severity: 'low', confidence: 'medium', noun: 'Bucket', problem: 'has no public access block',
      whenNotToUse: 'Where the account blocks public access for all buckets.', noFix: 'Where the account blocks public access, a block per bucket is not needed.',
      examples: [{ file: 'main.tf', bad: 'resource "aws_s3_bucket" "models" {\n                          ^^^^^^\n  bucket = "models"\n}\n', good: `resource "aws_s3_bucket" "models" {\n  bucket = "models"\n}\n\nresource "${block}" "models" {\n  bucket              = aws_s3_bucket.models.id\n  block_public_acls   = true\n  block_public_policy = true\n}\n` }],
    },
    { id: 'storage/bucket-public-access-block-off', title: 'Bucket whose public access block is off', type: 'aws_s3_bucket', path: 'public_access_block.block_public_acls', ...notOff, severity: 'medium', noun: 'Bucket', problem: 'allows public ACLs' },
    { id: 'storage/bucket-public-policy-allowed', title: 'Bucket that allows public policies', type: 'aws_s3_bucket', path: 'public_access_block.block_public_policy', ...notOff, severity: 'medium', noun: 'Bucket', problem: 'allows public policies' },
  ]),
  ...table(recovery, [
    {
      id: 'storage/bucket-without-versioning', title: 'Bucket without versioning', type: 'aws_s3_bucket', path: 'versioning.enabled', must: { is: [true] }, absent: 'bad', orPath: [{ path: 'versioning.status', must: { is: ['Enabled'] } }], or: [{ type: 'aws_s3_bucket_versioning' }],
      noun: 'Bucket', problem: 'keeps no earlier versions of its objects', noFix: 'Versioning multiplies what is stored; the lifecycle has to be decided with it.',
      examples: [{ file: 'main.tf', bad: 'resource "aws_s3_bucket" "models" {\n                          ^^^^^^\n}\n', good: 'resource "aws_s3_bucket" "models" {\n}\n\nresource "aws_s3_bucket_versioning" "models" {\n  bucket = aws_s3_bucket.models.id\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n' }],
    },
    { id: 'storage/bucket-versioning-suspended', title: 'Bucket versioning switched off', type: 'aws_s3_bucket_versioning', path: 'versioning_configuration.status', must: { is: ['Enabled'] }, absent: 'fine', set: 'Enabled', noun: 'Versioning', problem: 'is switched off', sample: { bad: 'Suspended' } },
  ]),
];

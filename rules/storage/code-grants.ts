import { walk } from '../../server/rule/walk.ts';
import { defineRule, type Report, type Rule } from '../../server/rule/rule.ts';
import { callRule, constantOf, isTrue, option } from '../_calls.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

const week = 7 * 24 * 3600;

export default [
  callRule({
    id: 'storage/link-valid-too-long', title: 'Signed link that stays valid for long', severity: 'medium', confidence: 'medium', references: ['CWE-613', 'AC-3', 'AISF-DATA-04'],
    callees: ['boto3.client(s3)#{generate_presigned_url,generate_presigned_post}', 'google.cloud.storage.Blob#generate_signed_url', 'azure.storage.blob.{generate_account_sas,generate_blob_sas,generate_container_sas}', 'azure.storage.queue.generate_account_sas', 'azure.storage.fileshare.generate_account_sas', '@aws-sdk/s3-request-presigner.getSignedUrl'],
    what: 'Reports signed links to stored objects that are valid for more than a week or until a year written in the program, and signatures for a whole Azure account with the right to delete.', why: 'Whoever comes by the link, in a log or a mail, has what it opens until it ends; it cannot be called back without a new key.',
    noFix: 'How long the link is needed has to be decided.',
    judge: (call): Report | undefined => {
      const lasts = option(call, 'ExpiresIn') ?? option(call, 'expiresIn') ?? option(call, 'expiration');
      const seconds = constantOf(lasts);
      if (typeof seconds === 'number' && seconds > week) return { at: lasts!.origin, message: `The link is valid for ${Math.round(seconds / 86_400)} days.` };
      const made = lasts?.value.call;
      const days = made?.name === 'datetime.timedelta' ? constantOf(option(made, 'days') ?? option(made, 0)) : undefined;
      if (typeof days === 'number' && days > 7) return { at: lasts!.origin, message: `The link is valid for ${days} days.` };
      if (!call.name!.startsWith('azure.')) return undefined;
      const until = option(call, 'expiry') ?? (call.name!.endsWith('generate_account_sas') ? option(call, 4) : undefined);
      const year = until?.value.call?.name === 'datetime.datetime' ? constantOf(option(until.value.call, 0) ?? option(until.value.call, 'year')) : undefined;
      if (typeof year === 'number' && year > 2030) return { at: until!.origin, message: `The signature is valid until ${year}.` };
      const permission = option(call, 'permission') ?? option(call, 3);
      const rights = permission?.value.call;
      return call.name!.endsWith('generate_account_sas') && rights && isTrue(option(rights, 'delete')) ? { at: permission.origin, message: 'Whoever has the link deletes what the whole account holds.' } : undefined;
    },
    examples: [{ file: 'share.py', bad: sample(['import boto3', 's3 = boto3.client("s3")', 'url = s3.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"}, ExpiresIn=«31536000»)']), good: sample(['import boto3', 's3 = boto3.client("s3")', 'url = s3.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"}, ExpiresIn=3600)']) }],
  }),
  defineRule({
    id: 'storage/granted-to-everybody', title: 'Role that a program grants to everybody', severity: 'high', confidence: 'high', references: ['CWE-732', 'AC-3', 'AISF-DATA-04'],
    what: 'Reports bindings of Google Cloud’s policies that programs make for `allUsers` or `allAuthenticatedUsers`.', why: 'Anybody on the internet gets what the role allows.', noFix: 'Who needs the role has to be listed.', whenNotToUse: 'For data that is published on purpose.',
    checks: [{
      on: 'code', words: ['allUsers', 'allAuthenticatedUsers'],
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        walk(code.module, (node) => {
          if (node.kind !== 'object' || !node.entries.some((one) => one.key === 'role')) return;
          const members = node.entries.find((one) => one.key === 'members')?.value;
          if (!members || !/["'](?:allUsers|allAuthenticatedUsers)["']/.test(context.document.text.slice(members.start, members.end))) return;
          context.report({ at: { start: members.start, end: members.end }, message: 'Anybody on the internet gets what the role allows.' });
        });
      },
    }],
    examples: [{ file: 'publish.py', bad: sample(['from google.cloud import storage', 'bucket = storage.Client().bucket("models")', 'policy = bucket.get_iam_policy()', 'policy.bindings.append({"role": "roles/storage.objectViewer", "members": «{"allUsers"}»})']), good: sample(['from google.cloud import storage', 'bucket = storage.Client().bucket("models")', 'policy = bucket.get_iam_policy()', 'policy.bindings.append({"role": "roles/storage.objectViewer", "members": {"group:ml@acme.io"}})']) }],
  }),
] satisfies readonly Rule[];

import type { CodeCall, CodeFlow } from '../../server/rule/code.ts';
import { defineRule, type CodeContext, type Report, type Rule } from '../../server/rule/rule.ts';
import { flowPath } from '../../server/rule/flow.ts';
import { callRule, constantOf, isFalse, isTrue, option, replaceFix, text } from '../_calls.ts';
import { commandOf, processes } from '../_commands.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';
import { walk } from '../../server/rule/walk.ts';

const refs = ['CWE-312', 'SC-28', 'hipaa:164.312(a)(2)(iv)', 'pci-4.0.1:3.5.1'];

/** Names in messages, without what they hold. */
/** Variables whose names say that they hold something else. */
const elsewhere = /(?:^|[._]|(?<=[a-z])(?=[A-Z]))(?:dir|path|folder|file|filename|status|state|step|count|size|index|port|version|(?:model|repo|dataset|job|run|user|file|base)_?name|ckpt|checkpoint)$/i;

/** What is configured beside a secret, and what a secret of a vault tells of its server. */
const beside = /(?:^|[._]|(?<=[a-z])(?=[A-Z]))(?:conn|connection|client|session|cursor|model|model_?info|host|hostname|engine|region|provider|family|database|db_?name|arn|endpoint|url)$/i;

/** Whether a text is put together of such values only: `f"no price of {model}"`. */
function tellsBeside(text: string): boolean {
  const parts = [...text.matchAll(/\$?\{([^{}]{1,80})\}/g)].map((match) => match[1]!.trim());
  return (parts.length > 0 ? parts : [text]).every((part) => /^[\w.$?]+$/.test(part) && (beside.test(part) || elsewhere.test(part)));
}

function textAt(at: CodeFlow['at'], context: CodeContext): string {
  return (context.sources.document(at.path) ?? context.document).text.slice(at.range.start, at.range.end);
}

function thing(flow: CodeFlow): string {
  return `\`${flow.taint.what.split('.').at(-1)}\``;
}

/** Whether a file is written so that only its owner may read it. */
function ownerOnly(call: CodeCall): boolean {
  const mode = constantOf(option(call, 'mode') ?? option(call, 2));
  return typeof mode === 'number' && mode > 0 && (mode & 0o077) === 0;
}

/** Who may read a file is set once it is written: `os.chmod(path, 0o600)`. */
const closedAfter = /\bchmod(?:Sync)?\((?:[^,()\n]{1,80},)?\s*(?:0o?[46]00\b|stat\.S_IRUSR(?:\s*\|\s*stat\.S_IWUSR)?\s*\))/;

const browser = /^(?:localStorage|sessionStorage|window\.|globalThis|AsyncStorage|async-storage|js-cookie|conf|electron-store|idb-keyval|store2|localforage|chrome|browser|expo|react-native)/i;

/** `chmod -R 777 folder` */
const worldWritable = /\bchmod\s+(?:-\w+\s+)*(?:0?[0-7]{2}[2367]|(?:a|o|go|ugo)\+[rx]*w\w*)(?=\s)/;

export default [
  defineRule({
    id: 'storage/sensitive-data-in-log', title: 'Secret or personal data in a log', severity: 'medium', confidence: 'medium', references: ['CWE-532', 'CWE-200', 'hipaa:164.312(b)', 'pci-4.0.1:3.5.1', 'AU-2'],
    what: 'Follows values whose names say that they are passwords, keys or personal data that must not spread into logs and standard output.', why: 'Logs are copied, indexed and read by many; what stands in them has left.', whenNotToUse: 'For values of tests.', noFix: 'What the log has to say instead has to be decided.',
    checks: [{ on: 'flow', from: ['secret', 'personal'], to: ['log'], check: (flow, context) => {
      if (flow.taint.weak && flow.label === 'secret') return;
      if (isTest(context.document.path) || (flow.label === 'personal' && /^print$|process\.stdout|stdout\.write/.test(flow.sinkName) && !/ssn|passport|card|cvv|diagnos/i.test(flow.taint.what))) return;
      // An object that holds a secret among others was taken apart on a way that was not seen: a folder or a count is no secret.
      if (flow.label === 'secret' && (elsewhere.test(textAt(flow.at, context)) || tellsBeside(textAt(flow.at, context)))) return;
      // What has been masked before, and what keys there are.
      if (/\b(?:safe|masked|redacted|sanitized|scrubbed)_?[a-zA-Z]|\.keys\(\)/.test(textAt(flow.at, context))) return;
      context.report({ at: flow.at, message: `${thing(flow)} is written to a log.`, related: flowPath(flow), flow: true, ...(flow.taint.weak ? { confidence: 'low' as const, severity: 'low' as const } : {}) });
    } }],
    examples: [{ file: 'login.ts', bad: sample(['export function login(user: string, password: string) {', "  console.log('login', user, «password»);", '}']), good: sample(['export function login(user: string, password: string) {', "  console.log('login', user);", '  return password.length;', '}']) }, { file: 'login.py', bad: sample(['import logging', 'def login(user, password):', '    logging.info("login %s %s", user, «password»)']), good: sample(['import logging', 'def login(user, password):', '    logging.info("login %s", user)']) }, { file: 'client.py', bad: sample(['import logging', 'from dataclasses import dataclass', '@dataclass', 'class Account:', '    name: str', '    api_key: str', 'def connect(name, api_key):', '    logging.info("connected %s", «Account(name, api_key)»)']), good: sample(['import logging', 'class Client:', '    def __init__(self, name, api_key):', '        self.name = name', '        self.api_key = api_key', 'def connect(name, api_key):', '    logging.info("connected %s", Client(name, api_key))']) }],
  }),
  defineRule({
    id: 'storage/sensitive-data-unencrypted', title: 'Secret or personal data stored as it is', severity: 'medium', confidence: 'medium', references: refs,
    what: 'Follows passwords, tokens, keys and personal data into browser storage, files, caches, databases and vector stores, where nothing encrypts or hashes them on the way.', why: 'Whoever gets at the disk, the browser’s profile, a backup or a script of the page has them.', whenNotToUse: 'When the store itself encrypts, in a way that the code does not show.', noFix: 'A keychain, a vault or encryption has to be chosen.',
    checks: [{ on: 'flow', from: ['secret', 'personal'], to: ['persist'], check: (flow, context) => {
      if (isTest(context.document.path) || flow.taint.weak) return;
      // A key that only its owner may read is kept as well as a file keeps it.
      if (flow.label === 'secret' && flow.call && (ownerOnly(flow.call) || closedAfter.test(context.document.text.slice(flow.at.range.end, flow.at.range.end + 300)))) return;
      const database = /execute|query|insert|Collection|run$/i.test(flow.sinkName);
      if (database && flow.label === 'secret' && /hash/i.test(context.document.text.slice(flow.at.range.start, flow.at.range.end))) return;
      context.report({ at: flow.at, message: `${thing(flow)} is stored as it is (${flow.sinkName}).`, related: flowPath(flow), flow: true, severity: browser.test(flow.sinkName) && flow.label === 'secret' ? 'high' : 'medium' });
    } }],
    examples: [{ file: 'session.ts', bad: sample(['export function keep(tokens: { accessToken: string }) {', "  localStorage.setItem('session', «tokens.accessToken»);", '}']), good: sample(['export function keep(theme: string) {', "  localStorage.setItem('theme', theme);", '}']) }, { file: 'store.py', bad: sample(['import json', 'def save(path, access_token):', '    with open(path, "w") as file:', '        json.dump(«{"token": access_token}», file)']), good: sample(['import keyring', 'def save(access_token):', '    keyring.set_password("app", "token", access_token)']) }],
  }),
  callRule({
    id: 'storage/public-object', title: 'Object uploaded for everybody to read', severity: 'high', references: ['CWE-732', 'AC-3', 'AISF-DATA-04'], callees: ['boto3.client(s3)#{upload_file,upload_fileobj,put_object,put_object_acl,put_bucket_acl,create_bucket,copy_object}', 'boto3.client(s3)#{Object#Acl#put,ObjectAcl#put,Bucket#Acl#put,BucketAcl#put,Bucket#upload_file,Bucket#upload_fileobj,Bucket#put_object,Object#put,Object#upload_file,Bucket().Acl().put,Object().Acl().put}', '@aws-sdk/client-s3.{PutObjectCommand,PutObjectAclCommand,CreateBucketCommand,PutBucketAclCommand,CopyObjectCommand,CreateMultipartUploadCommand}', '@aws-sdk/lib-storage.Upload', 'boto3.client(s3)#delete_public_access_block', '@aws-sdk/client-s3.DeletePublicAccessBlockCommand', 'google.cloud.storage.{Blob,Bucket}#make_public', 'google.cloud.storage.Blob#{upload_from_filename,upload_from_string,upload_from_file}', '@google-cloud/storage.{File,Bucket}#makePublic', '@google-cloud/storage.File#{save,createWriteStream}', '@google-cloud/storage.Bucket#upload', 'azure.storage.blob.BlobServiceClient#create_container', 'azure.storage.blob.ContainerClient#{create_container,set_container_access_policy}', 'azure.storage.blob.aio.BlobServiceClient#create_container', '@azure/storage-blob.BlobServiceClient#createContainer', '@azure/storage-blob.ContainerClient#{create,createIfNotExists,setAccessPolicy}', 'aws-sdk.S3#{putObject,upload,putObjectAcl}'],
    what: 'Reports uploads and buckets with a public access list.', why: 'Anybody on the internet can read it.',
    judge: (call): Report | undefined => {
      const acl = option(call, 'ACL') ?? option(call, 'ExtraArgs.ACL') ?? option(call, 'params.ACL');
      const value = text(acl);
      // Google: `predefined_acl`, `public`; Azure: who may read a container.
      const open = option(call, 'predefined_acl') ?? option(call, 'predefinedAcl') ?? option(call, 'public_access') ?? option(call, 'access') ?? option(call, 'public') ?? (call.name!.endsWith('#setAccessPolicy') ? option(call, 0) : undefined);
      if (open && (isTrue(open) || /^(?:publicRead|publicReadWrite|container|blob)$/i.test(text(open) ?? '') || /(?:^|\.)PublicAccess\.(?:Container|Blob|CONTAINER|BLOB)$/.test(open.value.name ?? ''))) return { at: open.origin, message: 'Anybody on the internet can read what is stored there.' };
      if (/delete_public_access_block$|DeletePublicAccessBlockCommand$/.test(call.name!)) return { at: call.callee, severity: 'medium', message: 'The bucket no longer refuses to be public.' };
      if (/make_?[pP]ublic$/.test(call.name!)) return { at: call.callee, message: 'Anybody on the internet can read the object.' };
      return acl && value !== undefined && /^public-read/.test(value) ? { at: acl.origin, message: 'Anybody on the internet can read the object.', fixes: acl.origin.range.end - acl.origin.range.start <= 20 ? replaceFix(acl, '"private"', 'Keep it private', false) : [] } : undefined;
    },
    examples: [
      { file: 'publish.py', bad: sample(['import boto3', 's3 = boto3.client("s3")', 's3.upload_file("m.bin", "models", "m.bin", ExtraArgs={"ACL": «"public-read"»})']), fixed: sample(['import boto3', 's3 = boto3.client("s3")', 's3.upload_file("m.bin", "models", "m.bin", ExtraArgs={"ACL": "private"})']), good: sample(['import boto3', 's3 = boto3.client("s3")', 's3.upload_file("m.bin", "models", "m.bin", ExtraArgs={"ServerSideEncryption": "aws:kms"})']) },
      { file: 'share.ts', bad: sample(["import { BlobServiceClient } from '@azure/storage-blob';", 'export const open = (service: BlobServiceClient) => service.createContainer("models", { access: «"container"» });']), good: sample(["import { BlobServiceClient } from '@azure/storage-blob';", 'export const closed = (service: BlobServiceClient) => service.createContainer("models");']) },
    ],
  }),
  callRule({
    id: 'storage/sdk-without-encryption', title: 'Storage made without encryption by the SDK', severity: 'medium', references: ['CWE-311', 'SC-28', 'AISF-INFRA-05'], callees: ['boto3.client(rds)#{create_db_instance,create_db_cluster}', 'boto3.client(ec2)#{create_volume,run_instances}', 'boto3.client(efs)#create_file_system', 'boto3.client(redshift)#create_cluster', 'boto3.client(sagemaker)#{create_training_job,create_notebook_instance}', 'boto3.client(elasticache)#create_replication_group', 'sagemaker.{estimator.Estimator,Estimator,pytorch.PyTorch,tensorflow.TensorFlow,huggingface.HuggingFace,sklearn.SKLearn,xgboost.XGBoost,network.NetworkConfig}', '@aws-sdk/client-rds.{CreateDBInstanceCommand,CreateDBClusterCommand}', '@aws-sdk/client-ec2.CreateVolumeCommand', '@aws-sdk/client-efs.CreateFileSystemCommand'],
    what: 'Reports databases, volumes and file systems that the AWS SDK makes with encryption switched off, and training jobs whose containers talk in plain text.', why: 'Whoever gets at a disk, a snapshot or a backup reads the data.',
    judge: (call): Report | undefined => {
      for (const name of ['StorageEncrypted', 'Encrypted', 'AtRestEncryptionEnabled', 'EnableInterContainerTrafficEncryption', 'encrypt_inter_container_traffic']) { const found = option(call, name); if (isFalse(found)) return { at: found!.origin, message: `${name} is switched off.`, fixes: replaceFix(found!, call.name!.startsWith('@') ? 'true' : 'True', 'Encrypt it') }; }
      return undefined;
    },
    examples: [{ file: 'make.py', bad: sample(['import boto3', 'rds = boto3.client("rds")', 'rds.create_db_instance(DBInstanceIdentifier="f", StorageEncrypted=«False»)']), fixed: sample(['import boto3', 'rds = boto3.client("rds")', 'rds.create_db_instance(DBInstanceIdentifier="f", StorageEncrypted=True)']), good: sample(['import boto3', 'rds = boto3.client("rds")', 'rds.create_db_instance(DBInstanceIdentifier="f", StorageEncrypted=True)']) }],
  }),
  callRule({
    id: 'storage/world-writable-file', title: 'File that everybody on the machine may change', severity: 'medium', references: ['CWE-732', 'CWE-276', 'AC-6'], callees: ['os.{chmod,fchmod,umask,makedirs,mkdir,open,mkfifo,mknod}', 'pathlib.Path#{touch,mkdir}', 'pathlib.Path#chmod', 'fs.{chmod,chmodSync,fchmod,mkdirSync,writeFileSync,writeFile}', 'fs.promises.{chmod,writeFile,mkdir}', 'tempfile.mktemp', ...processes],
    what: 'Reports permissions for everybody to write, and names for temporary files that others can take first.', why: 'Another user of the machine puts their own data or program into the place.',
    judge: (call, context): Report | undefined => {
      if (/^(?:subprocess|asyncio|child_process|execa|get_ipython|os\.(?:system|popen))/.test(call.name!)) return worldWritable.test(commandOf(call) ?? '') ? { at: call.args[0]!.origin, message: 'Everybody on the machine may change the files.', fixes: [] } : undefined;
      if (call.name === 'tempfile.mktemp') return { at: call.callee, message: 'Another program can take the name before the file is made.', fixes: [] };
      const found = call.name === 'pathlib.Path#chmod' || call.name === 'os.umask' ? option(call, 0) : option(call, 'mode') ?? (/chmod/.test(call.name!) ? option(call, 1) : call.name === 'os.open' ? option(call, 2) : /mkfifo|mknod|#touch|#mkdir/.test(call.name!) ? option(call, 1 - Number(call.name!.includes('#'))) : undefined);
      if (found && /\bS_IWOTH\b|\bS_IRWXO\b/.test(context.document.text.slice(found.origin.range.start, found.origin.range.end)) && found.origin.path === context.document.path) return { at: found.origin, message: 'Everybody on the machine may change the file.' };
      const raw = constantOf(found);
      const mode = typeof raw === 'string' ? Number.parseInt(raw, 8) : raw;
      if (!found || typeof mode !== 'number' || Number.isNaN(mode)) return undefined;
      // The usual mode of new files, which the mask of the process narrows.
      if (call.name === 'os.open' && mode !== 0o777 && !/key|secret|token|passw|cred|\.pem|\/etc\//i.test(context.document.text.slice(call.origin.range.start, call.origin.range.end))) return undefined;
      if (call.name === 'os.umask') return mode === 0 ? { at: found.origin, message: 'Files are made for everybody to change.', fixes: replaceFix(found, '0o077', 'Keep others out', false) } : undefined;
      return (mode & 0o002) !== 0 && (mode & 0o1000) === 0 ? { at: found.origin, message: 'Everybody on the machine may change the file.', fixes: replaceFix(found, (mode & 0o100) !== 0 ? '0o700' : '0o600', 'Keep others out', false) } : undefined;
    },
    examples: [{ file: 'share.py', bad: sample(['import os', 'os.chmod("/srv/export", «0o777»)']), fixed: sample(['import os', 'os.chmod("/srv/export", 0o700)']), good: sample(['import os', 'os.chmod("/srv/export", 0o700)']) }],
  }),
  defineRule({
    id: 'storage/environment-dumped', title: 'Environment with its keys written out', severity: 'high', confidence: 'high', references: ['CWE-532', 'CWE-200', 'AML.T0055'],
    what: 'Reports the whole environment of the process that is logged, printed, sent or stored.', why: 'The environment holds the keys of the program.', whenNotToUse: 'In a throw-away container that holds no keys.', yieldsTo: ['agent/environment-given-to-model'], noFix: 'The variables that are needed have to be named.',
    checks: [{
      on: 'code', words: ['environ', 'process.env'],
      check: (code, context) => {
        walk(code.module, (node) => {
          if (node.kind !== 'call') return;
          const name = node.callee.kind === 'member' ? node.callee.property : node.callee.kind === 'name' ? node.callee.name : '';
          if (!/^(?:log|info|debug|warn|error|print|write|writeFile|writeFileSync|appendFile|appendFileSync|send|json|jsonify|JSONResponse|JsonResponse|dump|dumps|stringify|pprint|post)$/.test(name)) return;
          for (const one of node.args) {
            const given = one.value.kind === 'object' ? one.value.entries.map((each) => each.value).find((each) => /^(?:dict\()?os\.environ(?:\.copy\(\))?\)?$/.test(context.document.text.slice(each.start, each.end))) ?? one.value : one.value;
            const copied = given.kind === 'call' && given.callee.kind === 'member' && given.callee.property === 'copy' ? given.callee.object : given;
            const inner = copied.kind === 'call' && copied.callee.kind === 'name' && copied.callee.name === 'dict' ? copied.args[0]?.value : copied;
            if (inner?.kind === 'member' && inner.object.kind === 'name' && ((inner.object.name === 'os' && inner.property === 'environ') || (inner.object.name === 'process' && inner.property === 'env'))) context.report({ at: { start: one.value.start, end: one.value.end }, message: 'The whole environment, keys included, is written out.', ...(isTest(context.document.path) ? { severity: 'low' as const } : {}) });
          }
        });
      },
    }],
    examples: [{ file: 'debug.py', bad: sample(['import os', 'print(«os.environ»)']), good: sample(['import os', 'print(os.environ["REGION"])']) }],
  }),
] satisfies readonly Rule[];

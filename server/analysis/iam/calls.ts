import type { CodeCall } from '../code/events.ts';
import { actionsOf, knownAction } from './catalogue.ts';

/** Prefixes of actions that are not the name of the client, as AWS' Service Authorization Reference has them. */
const prefixes: Readonly<Record<string, string>> = {
  'bedrock-runtime': 'bedrock', 'bedrock-agent': 'bedrock', 'bedrock-agent-runtime': 'bedrock', 'bedrock-data-automation': 'bedrock', 'bedrock-data-automation-runtime': 'bedrock', 'bedrock-agentcore-control': 'bedrock-agentcore',
  'sagemaker-runtime': 'sagemaker', sagemakerruntime: 'sagemaker', 'sagemaker-featurestore-runtime': 'sagemaker', 'sagemaker-a2i-runtime': 'sagemaker', 'sagemaker-metrics': 'sagemaker', bedrockruntime: 'bedrock', bedrockagent: 'bedrock', bedrockagentruntime: 'bedrock',
  sfn: 'states', stepfunctions: 'states', 'cloudwatch-logs': 'logs', cloudwatchlogs: 'logs', 'cloudwatch-events': 'events', cloudwatchevents: 'events', eventbridge: 'events', 'secrets-manager': 'secretsmanager', sesv2: 'ses', pinpointemail: 'ses', 'cognito-identity-provider': 'cognito-idp', cognitoidentityserviceprovider: 'cognito-idp',
  cognitoidentity: 'cognito-identity', opensearch: 'es', 'elasticsearch-service': 'es', opensearchserverless: 'aoss', 'dynamodb-streams': 'dynamodb', dynamodbstreams: 'dynamodb', 'application-auto-scaling': 'application-autoscaling', 'auto-scaling': 'autoscaling', elb: 'elasticloadbalancing', elbv2: 'elasticloadbalancing',
  'elastic-load-balancing-v2': 'elasticloadbalancing', 'elastic-load-balancing': 'elasticloadbalancing', emr: 'elasticmapreduce', efs: 'elasticfilesystem', 'resource-groups-tagging-api': 'tag', resourcegroupstaggingapi: 'tag', 'database-migration-service': 'dms', 'timestream-query': 'timestream', 'timestream-write': 'timestream',
  's3-control': 's3', s3control: 's3', acmpca: 'acm-pca', 'api-gateway': 'apigateway', apigatewayv2: 'apigateway', 'lex-runtime-v2': 'lex', 'lexv2-runtime': 'lex', 'lex-models': 'lex', 'iot-data': 'iotdata', 'firehose-client': 'firehose', 'rds-data': 'rds-data', rdsdataservice: 'rds-data', transcribeservice: 'transcribe', 'kinesis-video': 'kinesisvideo',
};

/** Calls whose rights go by other names than the call, from the services' pages on permissions. */
const renamed: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  s3: {
    listobjects: ['ListBucket'], listobjectsv2: ['ListBucket'], headbucket: ['ListBucket'], headobject: ['GetObject'], selectobjectcontent: ['GetObject'], copyobject: ['GetObject', 'PutObject'], copy: ['GetObject', 'PutObject'], deleteobjects: ['DeleteObject'], listbuckets: ['ListAllMyBuckets'], listobjectversions: ['ListBucketVersions'],
    createmultipartupload: ['PutObject'], uploadpart: ['PutObject'], uploadpartcopy: ['GetObject', 'PutObject'], completemultipartupload: ['PutObject'], listparts: ['ListMultipartUploadParts'], listmultipartuploads: ['ListBucketMultipartUploads'], upload: ['AbortMultipartUpload', 'PutObject'], uploadfile: ['AbortMultipartUpload', 'PutObject'], uploadfileobj: ['AbortMultipartUpload', 'PutObject'], downloadfile: ['GetObject'], downloadfileobj: ['GetObject'],
    getbucketencryption: ['GetEncryptionConfiguration'], putbucketencryption: ['PutEncryptionConfiguration'], deletebucketencryption: ['PutEncryptionConfiguration'], getbucketlifecycleconfiguration: ['GetLifecycleConfiguration'], putbucketlifecycleconfiguration: ['PutLifecycleConfiguration'], getpublicaccessblock: ['GetBucketPublicAccessBlock'], putpublicaccessblock: ['PutBucketPublicAccessBlock'], getbucketnotificationconfiguration: ['GetBucketNotification'], putbucketnotificationconfiguration: ['PutBucketNotification'],
    getbucketreplication: ['GetReplicationConfiguration'], putbucketreplication: ['PutReplicationConfiguration'],
  },
  dynamodb: {
    get: ['GetItem'], put: ['PutItem'], update: ['UpdateItem'], delete: ['DeleteItem'], batchget: ['BatchGetItem'], batchwrite: ['BatchWriteItem'], batchwriter: ['BatchWriteItem'], transactwrite: ['ConditionCheckItem', 'DeleteItem', 'PutItem', 'UpdateItem'], transactwriteitems: ['ConditionCheckItem', 'DeleteItem', 'PutItem', 'UpdateItem'], transactget: ['GetItem'], transactgetitems: ['GetItem'],
    executestatement: ['PartiQLDelete', 'PartiQLInsert', 'PartiQLSelect', 'PartiQLUpdate'], batchexecutestatement: ['PartiQLDelete', 'PartiQLInsert', 'PartiQLSelect', 'PartiQLUpdate'], executetransaction: ['PartiQLDelete', 'PartiQLInsert', 'PartiQLSelect', 'PartiQLUpdate'],
  },
  lambda: { invoke: ['InvokeFunction'], invokeasync: ['InvokeFunction'], invokewithresponsestream: ['InvokeFunction'] },
  bedrock: { converse: ['InvokeModel'], conversestream: ['InvokeModelWithResponseStream'], startasyncinvoke: ['InvokeModel'], invokeinlineagent: ['InvokeInlineAgent'], retrieveandgeneratestream: ['RetrieveAndGenerate'] },
  sagemaker: { invokeendpointwithresponsestream: ['InvokeEndpointWithResponseStream'] },
  sqs: { sendmessagebatch: ['SendMessage'], deletemessagebatch: ['DeleteMessage'], changemessagevisibilitybatch: ['ChangeMessageVisibility'] },
  sns: { publishbatch: ['Publish'] },
  ses: { sendbulkemail: ['SendBulkTemplatedEmail', 'SendEmail'] },
};

/** What a waiter asks for until it is so. */
const waiters: Readonly<Record<string, string>> = { object_exists: 'GetObject', object_not_exists: 'GetObject', bucket_exists: 'ListBucket', bucket_not_exists: 'ListBucket', table_exists: 'DescribeTable', table_not_exists: 'DescribeTable' };

/** Members of boto3's resources that call something under another name. */
const members: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  s3: { 'objects.all': 'ListObjectsV2', 'objects.filter': 'ListObjectsV2', 'objects.limit': 'ListObjectsV2', 'objects.delete': 'DeleteObjects', 'Object#get': 'GetObject', 'Object#put': 'PutObject', 'Object#delete': 'DeleteObject', 'Object#load': 'HeadObject', 'buckets.all': 'ListBuckets' },
  sqs: { 'Queue#send_message': 'SendMessage', 'Queue#receive_messages': 'ReceiveMessage', 'get_queue_by_name': 'GetQueueUrl' },
};

const client = /^@aws-sdk\/(?:client|lib)-([\w-]+)\.(?:[A-Z]\w*#)?(?:paginate)?([A-Za-z]\w*?)(?:Command)?$/;
const version2 = /^aws-sdk\.(?:DynamoDB\.(?:DocumentClient)|([A-Z]\w*))#([a-z]\w*)$/;
const boto = /^(?:aio)?boto3\.client\(([\w-]+)\)#(.+)$/;

/** The actions that an identity needs for a call of one of AWS' SDKs: `s3:ListBucket` for `list_objects_v2`. Empty for other calls. */
export function actionsOfCall(call: CodeCall): readonly string[] {
  const { name } = call;
  if (name === undefined) return [];
  if (name === '@aws-sdk/lib-storage.Upload') return actionsFor('s3', 'upload');
  const python = boto.exec(name);
  if (python) return pythonActions(python[1]!, python[2]!, call);
  const [, service, operation] = client.exec(name) ?? version2.exec(name) ?? [];
  if (operation === undefined || (name.startsWith('@aws-sdk/') && !/Command$|#|\.paginate/.test(name))) return [];
  return actionsFor(service ?? 'dynamodb', operation);
}

function pythonActions(service: string, rest: string, call: CodeCall): readonly string[] {
  const first = call.args[0]?.value.constant;
  if (/^get_paginator$/.test(rest)) return typeof first === 'string' ? actionsFor(service, first) : [];
  if (/^get_waiter$/.test(rest)) return typeof first === 'string' && waiters[first] ? actionsFor(service, waiters[first]) : [];
  if (/\(\)\./.test(rest)) return [];
  const member = Object.entries(members[service] ?? {}).find(([ending]) => rest === ending || rest.endsWith(`#${ending}`));
  return actionsFor(service, member?.[1] ?? rest.slice(rest.lastIndexOf('#') + 1));
}

function actionsFor(clientName: string, operation: string): readonly string[] {
  const given = clientName.toLowerCase();
  const service = prefixes[given] ?? (actionsOf(given).length > 0 ? given : given.replaceAll('-', ''));
  const name = operation.replaceAll('_', '').toLowerCase();
  const actions = renamed[service]?.[name] ?? (service === 'execute-api' ? [] : [name]);
  return actions.flatMap((one) => {
    const known = knownAction(service, one);
    return known ? [`${service}:${known.name}`] : [];
  });
}

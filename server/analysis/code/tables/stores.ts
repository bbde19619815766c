import type { DataClass, ElementKind, FlowAction } from '../../../model/threat.ts';

/** Calls that reach data: what is reached, by which argument it is named, and how it is used. */
export interface StoreCall {
  readonly names: RegExp;
  readonly kind: ElementKind;
  readonly technology: string;
  /** Options or positions that name the store; of the call, or of the call that made the receiver. */
  readonly by: readonly (string | number)[];
  readonly alias: (name: string) => readonly string[];
  readonly action: (method: string) => FlowAction;
  readonly dataClasses?: readonly DataClass[];
}

const writes = /put|upload|write|insert|add|upsert|send|create|update|delete|save|publish|set|index|to_|push|copy_to/i;
const byVerb = (method: string): FlowAction => (writes.test(method) ? 'write' : 'read');
const always = (action: FlowAction) => (): FlowAction => action;
const none = (): readonly string[] => [];

/** First match wins. Names are qualified names of calls; see rule/code. */
export const storeCalls: readonly StoreCall[] = [
  { names: /^boto3\.(?:client|resource)\(s3\)#upload_\w+/, kind: 'data-store', technology: 'S3', by: ['Bucket', 1], alias: (name) => [`s3:${name}`, `arn:aws:s3:::${name}`], action: byVerb },
  { names: /^@aws-sdk\/(?:client-s3|lib-storage)\.\w+|^boto3\.(?:client|resource)\(s3\)#\w+|^aws-sdk\.S3#/, kind: 'data-store', technology: 'S3', by: ['Bucket', 'bucket', 'params.Bucket', 0], alias: (name) => [`s3:${name}`, `arn:aws:s3:::${name}`], action: byVerb },
  { names: /^@aws-sdk\/(?:client|lib)-dynamodb\.\w+Command$|^boto3\.(?:client|resource)\(dynamodb\)#\w+|^aws-sdk\.DynamoDB/, kind: 'data-store', technology: 'DynamoDB', by: ['TableName', 0], alias: (name) => [`dynamodb:${name}`, `table:${name}`], action: byVerb },
  { names: /^@aws-sdk\/client-sqs\.\w+Command$|^boto3\.(?:client|resource)\(sqs\)#\w+/, kind: 'data-store', technology: 'SQS', by: ['QueueUrl'], alias: (name) => [`sqs:${name.slice(name.lastIndexOf('/') + 1)}`], action: byVerb },
  { names: /^@aws-sdk\/client-secrets-manager\.GetSecretValueCommand$|^boto3\.client\(secretsmanager\)#get_secret_value|^@aws-sdk\/client-ssm\.GetParameter|^boto3\.client\(ssm\)#get_parameter/, kind: 'secret', technology: 'secret store', by: ['SecretId', 'Name'], alias: (name) => [`secret:${name}`], action: always('read'), dataClasses: ['credentials'] },
  { names: /^@google-cloud\/storage\.|^google\.cloud\.storage\./, kind: 'data-store', technology: 'Cloud Storage', by: [0, 'bucket_name'], alias: (name) => [`gs:${name}`], action: byVerb },
  { names: /^@google-cloud\/bigquery\.|^google\.cloud\.bigquery\./, kind: 'data-store', technology: 'BigQuery', by: ['projectId', 'project'], alias: none, action: byVerb },
  { names: /^@azure\/storage-blob\.|^azure\.storage\.blob\./, kind: 'data-store', technology: 'Azure Blob Storage', by: ['account_url', 'container', 0], alias: (name) => [`host:${name.replace(/^https?:\/\//, '').split('/')[0]}`], action: byVerb },
  { names: /pinecone|qdrant|weaviate|chroma|milvus|lancedb|faiss|pgvector|turbopuffer|vespa|marqo|VectorStore|vectorstore|opensearch/i, kind: 'vector-store', technology: 'vector store', by: ['collection_name', 'collectionName', 'indexName', 'index_name', 'name', 'url', 'host', 0], alias: (name) => hostAliases(name), action: byVerb },
  { names: /^(?:pg|mysql2?|sqlite3|better-sqlite3|sql|sequelize|typeorm|knex|prisma|drizzle-orm|@vercel\/postgres|pgpromise|kysely|slonik|dbapi|sqlalchemy|sqlmodel|django\.db|peewee|duckdb|pandas\.read_sql|databases|psycopg2?|asyncpg|aiomysql|MySQLdb|pymysql)\b.*#?(?:query|execute|exec|run|all|get|each|raw|read_sql\w*|find\w*|create|update|delete|fetch\w*|\$queryRaw\w*|\$executeRaw\w*)$/, kind: 'data-store', technology: 'SQL database', by: ['database', 'host', 'connectionString', 'dsn', 'url', 0], alias: (name) => hostAliases(name), action: always('use') },
  { names: /^(?:mongodb|mongoose|pymongo|motor)\b/, kind: 'data-store', technology: 'MongoDB', by: ['dbName', 0], alias: (name) => hostAliases(name), action: byVerb },
  { names: /^(?:redis|ioredis|@upstash\/redis|valkey)\b.*#/, kind: 'data-store', technology: 'Redis', by: ['url', 'host', 0], alias: (name) => hostAliases(name), action: byVerb },
  { names: /^(?:localStorage|sessionStorage|window\.localStorage|window\.sessionStorage)\./, kind: 'data-store', technology: 'browser storage', by: [], alias: none, action: byVerb },
  { names: /^pandas\.(?:read_(?:csv|parquet|json|excel|pickle|feather|table|orc|hdf)|DataFrame#to_(?:csv|parquet|json|excel|pickle))$/, kind: 'data-store', technology: 'data file', by: [0, 'filepath_or_buffer', 'path'], alias: (name) => uriAliases(name), action: byVerb, dataClasses: ['training-data'] },
  { names: /^datasets\.load_dataset$/, kind: 'data-store', technology: 'Hugging Face dataset', by: [0, 'path'], alias: none, action: always('read'), dataClasses: ['training-data'] },
];

/** The host in a connection string or address. */
export function hostAliases(name: string): readonly string[] {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/:?#]+)/i.exec(name)?.[1] ?? (/^[\w-]+(?:\.[\w-]+)+$/.test(name) ? name : undefined);
  return host ? [`host:${host.toLowerCase()}`] : [];
}

function uriAliases(name: string): readonly string[] {
  const bucket = /^(s3a?|gs):\/\/([^/]+)/.exec(name);
  if (bucket) return [`${bucket[1]!.replace('s3a', 's3')}:${bucket[2]}`];
  return /^https?:/.test(name) ? hostAliases(name) : [`file:${name}`];
}

import type { DataClass, ElementKind, FlowAction } from '../../../model/threat.ts';

/** Calls that reach data: what is reached, by which argument it is named, and how it is used. */
export interface StoreCall {
  /** Of the name up to its first result: of `drizzle.Db#select().from()` only `drizzle.Db#select` counts, as one use. */
  readonly names: RegExp;
  readonly kind: ElementKind;
  readonly technology: string | ((name: string) => string);
  /** Options or positions that name the store, of the call. */
  readonly by?: readonly (string | number)[];
  /** The same, of the call that made what the method is called on. */
  readonly made?: readonly (string | number)[];
  readonly alias: (name: string) => readonly string[];
  readonly action: (method: string) => FlowAction;
  readonly dataClasses?: readonly DataClass[];
  /** Options or positions that name a table, collection or folder inside of the store. */
  readonly inside?: readonly (string | number)[];
}

const writes = /put|upload|write|insert|add|upsert|send|create|update|delete|save|publish|set|index|to_|push|copy_to|remove|append|incr|expire|drop|store|from_?documents|from_?texts/i;
const byVerb = (method: string): FlowAction => (writes.test(method) ? 'write' : 'read');
const sqlVerb = (method: string): FlowAction => (/^(?:insert|update|delete|create|upsert|save|add|remove|destroy|drop|truncate|bulk)/i.test(method) ? 'write' : /^(?:select|find|get|first|count|aggregate|read_sql|fetch|pluck)/i.test(method) ? 'read' : 'use');
const always = (action: FlowAction) => (): FlowAction => action;
const none = (): readonly string[] => [];
const s3 = (name: string): readonly string[] => (/^arn:/.test(name) ? [name] : [`s3:${name}`, `arn:aws:s3:::${name}`]);

const vectorStores: readonly (readonly [RegExp, string])[] = [
  [/pinecone/i, 'Pinecone'], [/qdrant/i, 'Qdrant'], [/weaviate/i, 'Weaviate'], [/chroma/i, 'Chroma'], [/milvus/i, 'Milvus'], [/lancedb/i, 'LanceDB'], [/faiss/i, 'FAISS'], [/pgvector/i, 'pgvector'], [/turbopuffer/i, 'turbopuffer'],
  [/opensearch/i, 'OpenSearch'], [/elasticsearch/i, 'Elasticsearch'], [/@upstash\/vector/i, 'Upstash Vector'], [/vespa/i, 'Vespa'], [/marqo/i, 'Marqo'],
];
const vectorTechnology = (name: string): string => vectorStores.find(([pattern]) => pattern.test(name))?.[1] ?? 'vector store';

/** First match wins. Names are qualified names of calls; see rule/code. */
export const storeCalls: readonly StoreCall[] = [
  { names: /^boto3\.client\(s3\)#upload_\w+$/, kind: 'data-store', technology: 'S3', by: ['Bucket', 1], alias: s3, action: always('write') },
  { names: /^boto3\.client\(s3\)#download_\w+$/, kind: 'data-store', technology: 'S3', by: ['Bucket', 0], alias: s3, action: byVerb },
  { names: /^boto3\.client\(s3\)#(?!exceptions|meta|close$|get_paginator$|get_waiter$|can_paginate$|head_bucket$|list_buckets$)\w+$/, kind: 'data-store', technology: 'S3', by: ['Bucket', 'Params.Bucket'], alias: s3, action: byVerb },
  { names: /^boto3\.resource\(s3\)#(?:Bucket|Object|ObjectSummary)$/, kind: 'data-store', technology: 'S3', by: [0, 'name', 'bucket_name'], alias: s3, action: always('use') },
  { names: /^@aws-sdk\/client-s3\.\w+Command$|^@aws-sdk\/lib-storage\.Upload$|^aws-sdk\.S3#\w+$/, kind: 'data-store', technology: 'S3', by: ['Bucket', 'params.Bucket'], alias: s3, action: byVerb },
  { names: /^@aws-sdk\/(?:client|lib)-dynamodb\.\w+Command$|^boto3\.client\(dynamodb\)#\w+$|^aws-sdk\.DynamoDB(?:\.DocumentClient)?#\w+$/, kind: 'data-store', technology: 'DynamoDB', by: ['TableName'], alias: (name) => [`dynamodb:${name}`, `table:${name}`], action: byVerb },
  { names: /^boto3\.resource\(dynamodb\)#Table$/, kind: 'data-store', technology: 'DynamoDB', by: [0, 'name'], alias: (name) => [`dynamodb:${name}`, `table:${name}`], action: always('use') },
  { names: /^@aws-sdk\/client-sqs\.\w+Command$|^boto3\.client\(sqs\)#(?!close$)\w+$/, kind: 'data-store', technology: 'SQS', by: ['QueueUrl'], alias: (name) => [`sqs:${name.slice(name.lastIndexOf('/') + 1)}`], action: byVerb },
  { names: /^@aws-sdk\/client-secrets-manager\.GetSecretValueCommand$|^boto3\.client\(secretsmanager\)#get_secret_value$|^@aws-sdk\/client-ssm\.GetParameters?Command$|^boto3\.client\(ssm\)#get_parameters?$|^google\.cloud\.secretmanager\.\w+#access_secret_version$|^azure\.keyvault\.secrets\.SecretClient#get_secret$|^@azure\/keyvault-secrets\.SecretClient#getSecret$/, kind: 'secret', technology: 'secret store', by: ['SecretId', 'Name', 0], alias: (name) => [`secret:${name}`], action: always('read'), dataClasses: ['credentials'] },
  { names: /^@google-cloud\/storage\.Storage#bucket$|^google\.cloud\.storage\.(?:client\.)?Client#(?:bucket|get_bucket)$/, kind: 'data-store', technology: 'Cloud Storage', by: [0, 'bucket_name'], alias: (name) => [`gs:${name}`], action: always('use') },
  { names: /^@google-cloud\/bigquery\.BigQuery#\w+$|^google\.cloud\.bigquery\.(?:client\.)?Client#(?:query\w*|insert_rows\w*|load_table\w*|list_rows|get_table)$/, kind: 'data-store', technology: 'BigQuery', made: ['projectId', 'project'], alias: none, action: sqlVerb },
  { names: /^@azure\/storage-blob\.(?:BlobServiceClient#getContainerClient|ContainerClient#\w+)$|^azure\.storage\.blob\.(?:\w+\.)?(?:BlobServiceClient#get_(?:container|blob)_client|ContainerClient#\w+|BlobClient#\w+)$/, kind: 'data-store', technology: 'Azure Blob Storage', made: ['account_url', 0], by: ['container', 0], alias: (name) => [`host:${name.replace(/^https?:\/\//, '').split('/')[0]}`], action: byVerb },
  { names: /^@vercel\/blob\.\w+$/, kind: 'data-store', technology: 'Vercel Blob', alias: none, action: byVerb },
  { names: /^(?:@pinecone-database|pinecone|qdrant_client|@qdrant|weaviate|chromadb|@chroma|pymilvus|@zilliz|lancedb|@lancedb|vectordb|faiss|pgvector|turbopuffer|@turbopuffer|@upstash\/vector|marqo|vespa|opensearchpy|@opensearch-project|elasticsearch|@elastic)\b[\w./@-]*(?:[#.](?!close$|disconnect$|\w*(?:Auth|Connection|Config|Error|Exception|Distance|VectorParams|Filter|Condition|Match|PointStruct|Params|Spec)$)\w+)$/, kind: 'vector-store', technology: vectorTechnology, by: ['collection_name', 'collectionName', 'indexName', 'index_name', 'name', 'url', 'host', 'uri'], made: ['collection_name', 'collectionName', 'index_name', 'indexName', 'name', 'url', 'host', 'uri', 0], alias: (name) => hostAliases(name), action: byVerb },
  { names: /(?:^|\.)(?:\w*(?:VectorStore|VectorSearch)|Chroma|Pinecone\w*|FAISS|Qdrant\w*|Weaviate\w*|Milvus|LanceDB|PGVector)(?:#|\.from_?(?:documents|texts|existing_?(?:index|collection))$|\.from(?:Documents|Texts|Existing\w+)$|$)(?:\w+)?$/, kind: 'vector-store', technology: vectorTechnology, by: ['collection_name', 'collectionName', 'indexName', 'index_name', 'url', 'host'], made: ['collection_name', 'collectionName', 'indexName', 'index_name', 'url', 'host'], alias: (name) => hostAliases(name), action: byVerb },
  { names: /^(?:@supabase\/(?:supabase-js|ssr|auth-helpers-nextjs)|supabase)\.\w+#?(?:\(\))?\.?(?:(?:from|from_|table)(?:\(\)\.(?:select|insert|update|upsert|delete))|rpc)$/, kind: 'data-store', technology: 'Supabase', made: [0], alias: (name) => hostAliases(name), action: sqlVerb, inside: [0] },
  { names: /^(?:@supabase\/(?:supabase-js|ssr|auth-helpers-nextjs)|supabase)\.\w+#?(?:\(\))?\.?storage\.(?:from|from_)$/, kind: 'data-store', technology: 'Supabase Storage', by: [0], alias: none, action: always('use') },
  { names: /^prisma\.Client#(?:\w+\.\w+|\$(?:query|execute)\w*|\$transaction)$/, kind: 'data-store', technology: 'SQL database', made: ['datasourceUrl', 'datasources.db.url'], alias: (name) => hostAliases(name), action: (method) => sqlVerb(method) },
  { names: /^drizzle\.Db#(?:select\w*\(\)\.from|insert|update|delete|execute|transaction|query\.\w+\.\w+|\$count)$/, kind: 'data-store', technology: 'SQL database', made: [0, 'client'], alias: (name) => hostAliases(name), action: (method) => (method === 'from' ? 'read' : sqlVerb(method)), inside: [0] },
  { names: /^(?:sql\.(?:Client|Pool|Connection)|dbapi\.(?:Connection|Cursor)|kysely\.Kysely|knex\.Knex|knex\.knex|sequelize\.Sequelize|typeorm\.(?:DataSource|Repository|EntityManager)|sqlite3\.\w+|better-sqlite3\.\w+|@neondatabase\/serverless\.\w+|@vercel\/postgres\.\w+|postgres|sqlalchemy\.(?:Engine|Session|Connection|orm\.Session)|sqlmodel\.Session|sqlalchemy\.ext\.asyncio\.\w+|databases\.Database|asyncpg\.\w+|psycopg\w*\.\w+|aiomysql\.\w+|pymysql\.\w+|duckdb\.\w+|peewee\.\w+|django\.db\.connection(?:\.cursor)?|@clickhouse\/client\.\w+|clickhouse_connect\.\w+|snowflake\.connector\.\w+)[#.]?(?:\(\)\.)?(?:query\w*|execute\w*|exec|run|all|get|each|raw|find\w*|create\w*|update\w*|delete\w*|fetch\w*|insert\w*|select\w*|scalars?|add|add_all|merge|copy\w*|sql|save|remove|upsert)?$/, kind: 'data-store', technology: 'SQL database', made: ['database', 'host', 'connectionString', 'connection', 'dsn', 'url', 'filename', 0], alias: (name) => hostAliases(name), action: sqlVerb },
  { names: /^(?:sqlalchemy(?:\.ext\.asyncio)?\.create_(?:async_)?engine|sqlmodel\.create_engine)$/, kind: 'data-store', technology: 'SQL database', by: [0, 'url'], alias: (name) => hostAliases(name), action: always('use') },
  { names: /^pandas\.read_sql\w*$/, kind: 'data-store', technology: 'SQL database', by: ['con', 1], alias: (name) => hostAliases(name), action: always('read') },
  { names: /^(?:mongodb\.(?:Db|Collection|MongoClient)|mongo\.\w+|mongoose\.(?:Model|Query|connection)|pymongo\.\w+|motor\.\w+)(?:[#.]\w+)+$|^mongoose\.(?:model|connect)$/, kind: 'data-store', technology: 'MongoDB', made: ['dbName', 0], alias: (name) => hostAliases(name), action: byVerb },
  { names: /^(?:redis\.Redis|redis\.asyncio\.Redis|ioredis\.Redis|@upstash\/redis\.Redis|valkey\.Valkey)#(?!on$|quit$|disconnect$|connect$|close$|aclose$|ping$|duplicate$|pubsub$|pipeline$)\w+$/, kind: 'data-store', technology: 'Redis', made: ['url', 'host', 0], alias: (name) => hostAliases(name), action: byVerb },
  { names: /^(?:window\.)?(?:localStorage|sessionStorage)\.(?:getItem|setItem|removeItem|clear)$/, kind: 'data-store', technology: 'browser storage', alias: none, action: byVerb, inside: [0] },
  { names: /^pandas\.(?:read_(?:csv|parquet|json|excel|pickle|feather|table|orc|hdf)|DataFrame#to_(?:csv|parquet|json|excel|pickle))$/, kind: 'data-store', technology: 'data file', by: [0, 'filepath_or_buffer', 'path'], alias: (name) => uriAliases(name), action: byVerb },
  { names: /^datasets\.load_dataset$/, kind: 'data-store', technology: 'Hugging Face dataset', by: [0, 'path'], alias: none, action: always('read'), dataClasses: ['training-data'] },
];

/** The host in a connection string or address. */
export function hostAliases(name: string): readonly string[] {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/:?#]+)/i.exec(name)?.[1] ?? (/^[\w-]+(?:\.[\w-]+)+$/.test(name) && !/\.(?:db|sqlite3?|csv|json|parquet|txt|xlsx?)$/.test(name) ? name : undefined);
  return host ? [`host:${host.toLowerCase()}`] : [];
}

function uriAliases(name: string): readonly string[] {
  const bucket = /^(s3a?|gs):\/\/([^/]+)/.exec(name);
  if (bucket) return [`${bucket[1]!.replace('s3a', 's3')}:${bucket[2]}`];
  return /^https?:/.test(name) ? hostAliases(name) : [`file:${name}`];
}

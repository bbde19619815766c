import type { Report, Rule } from '../../server/rule/rule.ts';
import { callRule, constantOf, option } from '../_calls.ts';
import { isLocalHost } from '../_hosts.ts';
import { calleesOf, judgeBy, type SettingRow } from '../_settings.ts';
import { marked } from '../_samples.ts';

const readable = 'What is asked and answered, and the password, is sent without encryption.';

const rows: readonly SettingRow[] = [
  { callees: ['mssql.{ConnectionPool,connect}', 'tedious.{Connection,connect}', 'mssql/msnodesqlv8.{ConnectionPool,connect}'], at: ['options.encrypt', 'encrypt'], bad: [false], message: readable, instead: 'true' },
  { callees: ['sequelize.Sequelize'], at: ['dialectOptions.options.encrypt', 'dialectOptions.encrypt'], bad: [false], message: readable, instead: 'true' },
  { callees: ['typeorm.{DataSource,createConnection}', 'knex', 'knex.knex'], at: ['options.encrypt', 'connection.options.encrypt', 'extra.encrypt'], bad: [false], message: readable, instead: 'true' },
  { callees: ['mongodb.MongoClient', 'mongodb.MongoClient.connect', 'mongoose.{connect,createConnection}'], at: ['tls', 'ssl'], bad: [false], message: readable, instead: 'true' },
  { callees: ['pymongo.MongoClient', 'motor.motor_asyncio.AsyncIOMotorClient', 'mongoengine.connect'], at: ['tls', 'ssl'], bad: [false], message: readable, instead: 'True' },
  { callees: ['{mysql,mysql2}.{createConnection,createPool}'], at: ['insecureAuth'], bad: [true], message: 'The password is sent in a way that can be turned back.', instead: 'false' },
  { callees: ['aiosmtplib.send'], at: ['start_tls'], bad: [false], message: 'The mail, and the password for it, is sent without encryption.', instead: 'True' },
  { callees: ['aiosmtplib.SMTP'], at: ['start_tls'], bad: [false], message: 'The mail, and the password for it, is sent without encryption.', instead: 'True' },
  { callees: ['minio.Client'], at: ['useSSL'], bad: [false], message: 'What is stored and read, and the signature of the key, is sent without encryption.', instead: 'true' },
  { callees: ['ldap3.Connection'], at: ['auto_bind'], bad: ['NO_TLS'], message: 'The password is sent to the directory without encryption.', instead: '"TLS_BEFORE_BIND"' },
  { callees: ['neo4j.{driver,GraphDatabase.driver}'], at: ['encrypted'], bad: [false, 'ENCRYPTION_OFF'], message: readable },
  { callees: ['cassandra-driver.Client', 'ioredis', 'ioredis.Redis', 'redis.createClient'], at: ['sslOptions', 'tls', 'socket.tls'], bad: [false], message: readable },
  { callees: ['chromadb.{ChromaClient,HttpClient,AsyncHttpClient}'], at: ['ssl'], bad: [false], message: readable },
  { callees: ['weaviate-client.connectToCustom'], at: ['httpSecure', 'grpcSecure'], bad: [false], message: readable, instead: 'true' },
  { callees: ['@zilliz/milvus2-sdk-node.MilvusClient'], at: ['ssl'], bad: [false], message: readable, instead: 'true' },
  { callees: ['pymilvus.connections.connect', 'pymilvus.MilvusClient', 'clickhouse_connect.{get_client,create_client,get_async_client}', 'clickhouse_driver.Client'], at: ['secure'], bad: [false], message: readable, instead: 'True' },
  { callees: ['@temporalio/{client.Connection,worker.NativeConnection}.connect', 'temporalio.client.Client.connect'], at: ['tls'], bad: [false], message: 'Jobs, with all that they are given, are sent without encryption.' },
  { callees: ['langchain_community.utilities.{SearxSearchWrapper,searx_search.SearxSearchWrapper}'], at: ['unsecure'], bad: [true], message: readable, instead: 'False' },
  { callees: ['opentelemetry.exporter.otlp.proto.grpc.{trace_exporter.OTLPSpanExporter,metric_exporter.OTLPMetricExporter,_log_exporter.OTLPLogExporter}'], at: ['insecure'], bad: [true], message: 'Traces, with prompts and answers in them, are sent without encryption.', instead: 'False' },
  { callees: ['snowflake.connector.connect'], at: ['protocol'], bad: ['http'], message: readable, instead: '"https"' },
  { callees: ['trino.dbapi.connect', 'prestodb.dbapi.connect'], at: ['http_scheme'], bad: ['http'], message: readable, instead: '"https"' },
  { callees: ['clickhouse_connect.{get_client,create_client,get_async_client}'], at: ['interface'], bad: ['http'], message: readable, instead: '"https"' },
];

const judge = judgeBy(rows);
const hosts = ['server', 'host', 'hostname', 'endPoint', 'config.server', 'connection.server', 'connection.host', 'socket.host', 'contactPoints', 'url', 'httpHost', 'searx_host', 'address', 'endpoint', 'uri', 0];

export default [
  callRule({
    id: 'transport/encryption-off', title: 'Client that is told not to encrypt', severity: 'medium', references: ['CWE-319', 'SC-8', 'pci-4.0.1:4.2.1', 'hipaa:164.312(e)(1)'], callees: calleesOf(rows),
    what: 'Reports options that switch the encryption of a connection off: `encrypt: false` for SQL Server, `tls: false` for MongoDB and Redis, `start_tls=False` for mail, `useSSL: false` for object stores.',
    why: 'Who sits on the network reads and changes what is asked and answered, and takes the password.', noFix: 'The server has to offer encryption.', whenNotToUse: 'For a server on the same machine, or behind a mesh that encrypts.',
    judge: (call): readonly Report[] => {
      const found = judge(call);
      if (found.length === 0) return found;
      const host = hosts.map((place) => constantOf(option(call, place))).find((one): one is string => typeof one === 'string');
      const name = host?.replace(/^[a-z][\w+.-]*:\/\/(?:[^@/]*@)?/i, '').replace(/[/?].*$/, '').replace(/:\d+$/, '');
      // A collector of traces runs beside the program as a rule.
      if (name === undefined && /^opentelemetry/.test(call.name!)) return [];
      return name !== undefined && (isLocalHost(name) || !name.includes('.')) ? [] : found;
    },
    examples: [
      { file: 'db.ts', bad: marked("import sql from 'mssql';\nexport const pool = new sql.ConnectionPool({ server: 'db.acme.io', options: { encrypt: «false» } });\n"), fixed: "import sql from 'mssql';\nexport const pool = new sql.ConnectionPool({ server: 'db.acme.io', options: { encrypt: true } });\n", good: "import sql from 'mssql';\nexport const pool = new sql.ConnectionPool({ server: 'db.acme.io', options: { encrypt: true } });\nexport const own = new sql.ConnectionPool({ server: 'localhost', options: { encrypt: false } });\n" },
      { file: 'mail.py', bad: marked('import aiosmtplib\nasync def send(mail, password):\n    await aiosmtplib.send(mail, hostname="mail.acme.io", username="bot", password=password, start_tls=«False»)\n'), fixed: 'import aiosmtplib\nasync def send(mail, password):\n    await aiosmtplib.send(mail, hostname="mail.acme.io", username="bot", password=password, start_tls=True)\n', good: 'import aiosmtplib\nasync def send(mail, password):\n    await aiosmtplib.send(mail, hostname="mail.acme.io", username="bot", password=password)\n' },
    ],
  }),
] satisfies readonly Rule[];

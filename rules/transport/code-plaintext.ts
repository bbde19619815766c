import { optionsOf } from '../../server/rule/options.ts';
import { defineRule, type CodeContext, type Report, type Rule } from '../../server/rule/rule.ts';
import { taintsIn, type CodeCall, type Value } from '../../server/rule/code.ts';
import type { Severity } from '../../server/rule/queries.ts';
import { isTest } from '../_flows.ts';
import { marked } from '../_samples.ts';
import { callRule, constantOf, mayHaveMore, option, text } from '../_calls.ts';
import { isLocalHost, plaintextHost } from '../_hosts.ts';

const references = ['CWE-319', 'SC-8', 'pci-4.0.1:4.2.1', 'hipaa:164.312(e)(1)', 'AISF-INFRA-06'];
const why = 'Who sits on the network reads and changes what passes: keys, prompts, answers, personal data.';

const clients = /^(?:azure\.(?:storage|keyvault|cosmos|search|ai)|openai|anthropic|groq|mistralai|cohere|ollama|together|langchain|llamaindex|@ai-sdk|google\.|huggingface_hub|litellm|replicate|vllm|redis|ioredis|amqplib|pika|mqtt|paho|kafkajs|kafka|ldapjs|ldap3?|ldapts|@qdrant|qdrant|chromadb|weaviate|@elastic|elasticsearch|opensearch|@opensearch|mlflow|wandb|@aws-sdk|boto3|minio|nats|ws|websocket|websockets|WebSocket|socket\.io|tritonclient|axios|got|ky|undici|requests|httpx|aiohttp|urllib|fetch|superagent|needle|http\.|@nestjs\/axios|influxdb|@influxdata|neo4j|celery|kombu|stomp|graphql-request|@apollo|urql|@modelcontextprotocol|@mastra\/mcp|@voltagent|mcp-use|mcp_use|mcp|fastmcp|ai\.|@langchain|llama_index|meilisearch|typesense|@pinecone|pinecone|pymilvus|@zilliz|pydantic_ai[\w.]*(?:Model|Provider)$|autogen[\w.]*Client$|crewai\.LLM$|dspy\.LM$|haystack[\w.]*Generator$|smolagents\.\w*Model$|semantic_kernel[\w.]*Completion$|agno\.models|langfuse|agents\.mcp\.|EventSource|navigator\.sendBeacon|consul|hvac|node-vault|torch\.distributed|ray\.|dask|feast|xmlrpc\.client|zeep|suds|pandas\.read_|polars\.(?:read|scan)_|tensorflow\.keras\.utils\.get_file|keras\.utils\.get_file|wget)/;
const simpleFetch = /^(?:fetch|pandas\.read_\w+|polars\.\w+|wget\.download|requests\.(?:get|head)|httpx\.get|axios(?:\.get)?|got|urllib\.request\.\w+|https?\.get|ky\.get|undici\.request)$/;
const addresses = /^(?:url|uri|baseURL|baseUrl|base_url|host|hosts|node|nodes|endpoint|endpoint_url|api_base|openai_api_base|address|server|brokers|broker|serverUrl|server_url|servers|api_url|apiUrl|tracking_uri|uris|azure_endpoint|remoteHost|broker_url|result_backend|account_url|vault_url)$/;
const secure: Readonly<Record<string, string>> = { http: 'https', ws: 'wss', redis: 'rediss', amqp: 'amqps', mqtt: 'mqtts', ldap: 'ldaps' };

/** Whether credentials or personal data go along. */
function carriesSecrets(call: CodeCall): boolean {
  if (call.args.some((one) => taintsIn(one.value).some((taint) => taint.label === 'secret' || taint.label === 'personal'))) return true;
  return optionsOf(call, 3).some((one) => /^(?:authorization|api[_-]?key|apikey|x-api-key|password|token|auth|access_token|cookie|credentials)$/i.test(one.name) && one.value.constant !== null);
}

function judge(call: CodeCall, context: CodeContext): void {
  const name = call.name ?? '';
  if (!clients.test(name)) return;
  const seen = new Set<number>();
  const report = (value: Value, at: { path: string; range: { start: number; end: number } }, inline: boolean): void => {
    const host = plaintextHost(value);
    if (host === undefined || at.path !== context.document.path || seen.has(at.range.start)) return;
    seen.add(at.range.start);
    const secrets = carriesSecrets(call);
    const severity: Severity = secrets ? 'high' : simpleFetch.test(name) ? 'low' : 'medium';
    const scheme = host.slice(0, host.indexOf(':')).toLowerCase();
    const source = context.document.text.slice(at.range.start, at.range.end);
    const replaced = source.replace(new RegExp(`^([\`'"f]{1,2})${scheme}://`), `$1${secure[scheme] ?? scheme}://`);
    context.report({
      at, severity: isTest(context.document.path) ? 'info' : severity,
      message: `The connection to ${host.replace(/^[a-z]+:\/\//i, '')} is not encrypted${secrets ? ', and credentials or personal data pass over it' : ''}.`,
      ...(inline && secure[scheme] && replaced !== source ? { fixes: [{ title: `Use ${secure[scheme]}`, safe: false, intents: [{ kind: 'replace', origin: at, text: replaced }] }] } : {}),
    });
  };
  const [first, second] = call.args.filter((one) => one.name === undefined);
  if (first) report(first.value, first.origin, true);
  if (second && /request$/.test(name)) report(second.value, second.origin, true);
  for (const found of optionsOf(call, 3)) {
    if (!addresses.test(found.name) && !(found.name === 'path' && name.startsWith('chromadb.'))) continue;
    for (const value of found.value.items ?? [found.value]) report(value, found.at, found.inline);
  }
}

export default [
  defineRule({
    id: 'transport/plaintext-endpoint', title: 'Connection to another host that is not encrypted', severity: 'medium', confidence: 'medium', references, why,
    what: 'Reports addresses with `http:`, `ws:`, `redis:`, `amqp:`, `mqtt:` and `ldap:` that clients of models, databases, queues and services are given, unless the host is local. Credentials on the way make it worse.',
    whenNotToUse: 'Behind a service mesh that encrypts, for hosts whose names do not tell.',
    checks: [{
      on: 'code', alone: /['"`](?:http|ws|redis|amqp|mqtt|ldap|nats):\/\/(?!localhost|127\.|0\.0\.0\.0)/, words: ['http:', 'ws:', 'redis:', 'amqp:', 'mqtt:', 'ldap:', 'ftp:', 'nats:', "'http'", '"http"'],
      check: (code, context) => {
        for (const call of code.calls) judge(call, context);
        for (const one of code.assignments) {
          if (isTest(context.document.path) || !/(?:base_url|api_base|baseURL|remoteHost|OPENAI_API_BASE|OPENAI_BASE_URL|ANTHROPIC_BASE_URL|OLLAMA_HOST)$/.test(one.written)) continue;
          const host = plaintextHost(one.value);
          if (host !== undefined) context.report({ at: one.origin, message: `The connection to ${host.replace(/^[a-z]+:\/\//i, '')} is not encrypted.` });
        }
      },
    }],
    examples: [
      { file: 'client.ts', bad: marked("import OpenAI from 'openai';\nexport const client = new OpenAI({ baseURL: «'http://llm.acme.io/v1'» });\n"), fixed: "import OpenAI from 'openai';\nexport const client = new OpenAI({ baseURL: 'https://llm.acme.io/v1' });\n", good: "import OpenAI from 'openai';\nexport const client = new OpenAI({ baseURL: 'http://localhost:8000/v1' });\n" },
      { file: 'client.py', bad: marked('import requests\nrequests.post(«"http://gateway.acme.io/login"», json={"password": "x"})\n'), fixed: 'import requests\nrequests.post("https://gateway.acme.io/login", json={"password": "x"})\n', good: 'import requests\nrequests.post("https://gateway.acme.io/login", json={"password": "x"})\n' },
    ],
  }),
  callRule({
    id: 'transport/plaintext-protocol', title: 'Client that speaks without encryption', severity: 'medium',
    callees: ['boto3.{client,resource}', 'boto3.Session#{client,resource}', 'aws-sdk.{S3,DynamoDB,DynamoDB.DocumentClient,SQS,SNS,Lambda,SecretsManager,SageMakerRuntime,Kinesis}', '@grpc/grpc-js.credentials.createInsecure', '@grpc/grpc-js.ChannelCredentials.createInsecure', 'grpc.{insecure_channel,aio.insecure_channel}', 'grpc.{server,aio.server}().add_insecure_port', 'ftplib.FTP', 'telnetlib.Telnet', 'smtplib.SMTP#login', 'smtplib.SMTP#()login', 'smtplib.SMTP#.login', 'imaplib.IMAP4', 'poplib.POP3', 'basic-ftp.Client#access', 'kafkajs.Kafka', 'kafka.{KafkaProducer,KafkaConsumer,KafkaAdminClient}', 'aiokafka.{AIOKafkaProducer,AIOKafkaConsumer}', 'confluent_kafka.{Producer,Consumer,AdminClient,SerializingProducer,DeserializingConsumer}', 'pyspark.sql.SparkSession.builder.config', 'pyspark.sql.SparkSession.builder.config().config', 'pyspark.sql.SparkSession#conf.set', 'pyspark.SparkConf#set', 'nodemailer.createTransport', 'nntplib.NNTP', 'chromadb.{HttpClient,AsyncHttpClient}', 'minio.Minio', 'weaviate.{connect_to_custom,use_async_with_custom}', 'qdrant_client.{QdrantClient,AsyncQdrantClient}', 'elasticsearch.Elasticsearch', 'opensearchpy.OpenSearch', 'redis.{Redis,StrictRedis}', 'redis.asyncio.Redis'],
    references, why, what: 'Reports insecure gRPC channels, FTP, Telnet, POP3 and IMAP without TLS, and SMTP that signs in or is told to send without TLS.', noFix: 'The server has to offer the encrypted form, on another port or after STARTTLS.',
    whenNotToUse: 'For a peer on the same machine or behind a service mesh that encrypts.',
    judge: (call, context) => {
      const host = constantOf(option(call, 0)) ?? constantOf(option(call, 'host'));
      const near = typeof host === 'string' && (isLocalHost(host.replace(/^(?:dns|ipv4):\/*/, '').replace(/:\d+$/, '')) || host.startsWith('unix:'));
      if (call.name === 'basic-ftp.Client#access') { const found = option(call, 'secure'); return constantOf(found) === false ? { at: found!.origin, message: 'FTP without TLS sends the password as it is.' } : undefined; }
      if (call.name!.startsWith('pyspark.')) { const value = option(call, 1); return /\bssl\.enabled$|\.encrypt\.enabled$|encryption\.enabled$|^spark\.(?:authenticate|network\.crypto\.enabled)$/i.test(String(host ?? '')) && /^false$/i.test(String(constantOf(value) ?? '')) ? { at: value!.origin, message: String(host) === 'spark.authenticate' ? 'Spark takes tasks of whoever reaches it.' : 'Spark sends its data without encryption.' } : undefined; }
      if (call.name === 'nodemailer.createTransport') { const found = option(call, 'ignoreTLS'); return constantOf(found) === true ? { at: found!.origin, message: 'Mail, and the password for it, is sent without TLS.' } : undefined; }
      if (/kafka/.test(call.name!)) return plainKafka(call);
      if (/^(?:boto3|aws-sdk)\./.test(call.name!)) { const found = option(call, 'use_ssl') ?? option(call, 'sslEnabled'); return constantOf(found) === false ? { at: found!.origin, message: 'What is sent to the cloud, and what comes back, is not encrypted.' } : undefined; }
      if (switched.test(call.name!)) return withoutEncryption(call);
      if (call.name!.startsWith('smtplib.')) return started(call, context) ? undefined : { at: call.callee, message: 'The password is sent to the mail server before TLS was started.' };
      if (call.name!.endsWith('add_insecure_port')) return typeof host === 'string' && /^(?:\[::\]|0\.0\.0\.0|\*)?:\d+$/.test(host) ? { at: call.origin, severity: 'low', message: 'The server of gRPC takes calls of every network without encryption.' } : undefined;
      if (/createInsecure|insecure_channel/.test(call.name!)) {
        const target = /insecure_channel/.test(call.name!) ? host : remoteOf(call, context);
        if (near || typeof target !== 'string' || isLocalHost(target.replace(/:\d+$/, ''))) return undefined;
        return { at: call.origin, message: 'The gRPC channel is not encrypted.' };
      }
      // Neither sign-in hides the password, whatever the host is.
      const signsIn = call.name === 'telnetlib.Telnet' || (call.name === 'ftplib.FTP' && (option(call, 1) ?? option(call, 'user')) !== undefined);
      if (signsIn && !near && typeof host !== 'string' && call.args.length > 0) return { at: call.callee, message: `${call.written} sends the password as it is.` };
      return near || typeof host !== 'string' ? undefined : { at: call.callee, message: `${call.written} speaks to ${host} without encryption.` };
    },
    examples: [{ file: 'queue.ts', bad: marked("import { Kafka } from 'kafkajs';\nexport const kafka = new Kafka({ brokers: ['kafka.acme.io:9092'], ssl: «false» });\n"), good: "import { Kafka } from 'kafkajs';\nexport const kafka = new Kafka({ brokers: ['kafka.acme.io:9093'], ssl: true });\n" }, { file: 'mail.py', bad: marked('import imaplib\nbox = «imaplib.IMAP4»("mail.acme.io")\n'), good: 'import imaplib\nbox = imaplib.IMAP4_SSL("mail.acme.io")\n' }],
  }),
] satisfies readonly Rule[];

/** Clients that are told by an option whether to encrypt. */
const switched = /^(?:chromadb|minio|weaviate|qdrant_client|elasticsearch|opensearchpy|redis)\./;

/** Brokers on other hosts, and a protocol without encryption that is asked for. */
function plainKafka(call: CodeCall): Report | undefined {
  const off = ['ssl', 'security_protocol', 'security.protocol'].flatMap((place) => fieldOf(call, place) ?? []).find(({ value }) => value.constant === false || /^(?:SASL_)?PLAINTEXT$/.test(String(value.constant ?? '')));
  const brokers = ['brokers', 'bootstrap_servers', 'bootstrap.servers'].flatMap((place) => fieldOf(call, place) ?? [])[0]?.value;
  const hosts = brokers?.items?.map((one) => one.constant) ?? String(brokers?.constant ?? '').split(',');
  const remote = hosts.find((one) => typeof one === 'string' && one !== '' && !isLocalHost(one.trim().replace(/:\d+$/, '')));
  return off && typeof remote === 'string' ? { at: off.origin, message: `What goes through ${remote.replace(/:\d+$/, '')} is not encrypted.` } : undefined;
}

/** An option whose name may hold dots, as those of Kafka do. */
function fieldOf(call: CodeCall, name: string): { readonly value: Value; readonly origin: CodeCall['origin'] } | undefined {
  if (!name.includes('.')) return option(call, name);
  const first = call.args[0];
  const value = first?.value.fields?.get(name);
  return value && first ? { value, origin: value.origin?.path === first.origin.path ? value.origin : first.origin } : undefined;
}

/** A host that is not local, and encryption that is switched off or, with Chroma, not asked for. */
function withoutEncryption(call: CodeCall): Report | undefined {
  const host = ['host', 'http_host', 'endpoint', 'hosts', 0].flatMap((place) => option(call, place) ?? [])[0];
  const name = constantOf(host) ?? host?.value.items?.[0]?.constant;
  if (!host || typeof name !== 'string' || /:\/\//.test(name) || isLocalHost(name.replace(/:\d+$/, ''))) return undefined;
  const setting = ['ssl', 'secure', 'http_secure', 'https', 'use_ssl'].flatMap((place) => option(call, place) ?? [])[0];
  const off = setting ? constantOf(setting) === false : call.name!.startsWith('chromadb.') && !mayHaveMore(call);
  return off ? { at: setting?.origin ?? call.callee, message: `The connection to ${name} is not encrypted.` } : undefined;
}

/** `starttls` was called in the same function. */
function started(call: CodeCall, context: CodeContext): boolean {
  const scope = call.within.at(-1);
  return context.code.calls.some((one) => /starttls$/.test(one.written) && one.within.at(-1) === scope);
}

/** The host of the stub that the credentials are handed to. */
function remoteOf(call: CodeCall, context: CodeContext): string | undefined {
  const owner = context.code.calls.find((one) => one !== call && one.origin.range.start < call.origin.range.start && one.origin.range.end >= call.origin.range.end);
  return owner ? text(owner.args[0]) : undefined;
}

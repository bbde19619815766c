import { canonicalModule } from '../analysis/code/names.ts';

/**
 * Packages whose objects go by another name than theirs, or which hand out objects of others: drivers of databases, frameworks
 * on top of one another. Names of packages are compared as `plain` writes them.
 */
const providers: Readonly<Record<string, RegExp>> = {
  sql: /sql|pg|postgres|maria|db|duck|neon|knex|drizzle|prisma|oracle|snowflake|libsql|turso|bigquery|clickhouse|supabase|xata|typeorm|sequelize/, dbapi: /sql|pg|postgres|maria|db|duck|odbc|oracle|snowflake|bigquery|clickhouse|redshift|databricks|trino|presto|airflow|django|flask|records|pandas|peewee/,
  express: /express|nest|polka|restify|next|vercel|firebase|functions|connect|router|http|sails|feathers|apollo|loopback|tsoa/, next: /next|vercel/, http: /http|connect|express|server|undici|node/, lambda: /lambda|aws|powertools|middy|serverless|sst/,
  log: /log|winston|pino|bunyan|nest|fastify/, logging: /log|structlog|flask|django|celery|airflow/, imap: /imap|mail/, slack: /slack|bolt/, google: /google|vertex|gemini|firebase|genai/, langchain: /langchain|langgraph/, llamaindex: /llama/, redis: /redis|upstash|kv|valkey/,
  ai: /^ai$|aisdk|ai\w*provider|mastra/, github: /github|octokit|actions|probot/, telegram: /telegram/, telegraf: /telegra/, discord: /discord|nextcord|disnake/, autogen: /autogen|ag2/, agents: /agents/, mcp: /mcp|modelcontext/, boto3: /boto|aws|sagemaker|moto/,
  'aws-sdk': /aws/, cloudflare: /cloudflare|worker|wrangler|hono/, vectorize: /cloudflare|worker|wrangler|hono/, azure: /azure|microsoft|msal/, starlette: /starlette|fastapi|sse|strawberry|ariadne/, fastapi: /fastapi/, django: /django|restframework|wagtail|ninja/, rest_framework: /rest|django/,
  typeorm: /typeorm|nest/, mongoose: /mongo|nest|typegoose/, mongodb: /mongo/, pymongo: /mongo|motor|beanie/, sqlalchemy: /sqlalchemy|sqlmodel|alembic|flask/, prisma: /prisma/, mikro: /mikro/, knex: /knex|objection|strapi/, pgpromise: /pgpromise/, kafka: /kafka/, queue: /queue|amqp|sqs|rabbit|kombu|celery|bull|nats|pubsub|servicebus|aws/,
  playwright: /playwright|browser|stagehand|patchright|crawl/, puppeteer: /puppeteer|browser/, chroma: /chroma/, chromadb: /chroma/, milvus: /milvus|zilliz/, weaviate: /weaviate/, pinecone: /pinecone/, qdrant: /qdrant/, mem0: /mem0/, mem0ai: /mem0/, genkit: /genkit/, remix: /remix|router/, sveltekit: /svelte/, astro: /astro/,
  koa: /koa/, hapi: /hapi/, flask: /flask|quart|dash/, torch: /torch|lightning/, transformers: /transformers|huggingface/, huggingface_hub: /huggingface|smolagents|gradio|transformers/, openai: /openai|openrouter|azure|portkey|langfuse|helicone|litellm|instructor|posthog|wandb|llm/, anthropic: /anthropic|claude|instructor|llm/,
};
/** Objects that a program may have without importing what they belong to: those of the language, of browsers and of handlers. */
const ambient = /^(?:[A-Z$]|code$|tool$|page$|action$|trpc$|graphql$|nest$|electron$)/;

/** Classes of the language and of browsers, which a program names to have one; handlers are given a `Request`. */
const named = /^(?:FormData|RegExp|File|FileReader|DOMParser|Range|Ai|D1Database)$/;

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Whether some package of these, or the text itself, may give an object of that owner, the first part of a qualified name. Unsure means yes. */
export function mayOwn(owner: string, packages: ReadonlySet<string>, text: string): boolean {
  if (named.test(owner)) return text.includes(owner) || text.includes(owner[0]!.toLowerCase() + owner.slice(1));
  if (ambient.test(owner)) return true;
  const written = plain(owner);
  const provided = providers[owner];
  for (const specifier of packages) {
    const name = plain(specifier);
    if (written.length < 4 ? name === written : name.includes(written)) return true;
    if (provided?.test(name)) return true;
    const canonical = plain(canonicalModule(specifier));
    if (canonical !== name && canonical.includes(written)) return true;
  }
  return false;
}

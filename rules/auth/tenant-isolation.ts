import { taintsIn, type CodeArgument, type CodeCall } from '../../server/rule/code.ts';
import type { Report, Rule } from '../../server/rule/rule.ts';
import { callRule, option } from '../_calls.ts';
import { sample } from '../_samples.ts';

/** Whose data it is, as programs call it. */
const owner = /(?:^|[._])(?:tenant|org|organi[sz]ation|workspace|customer|account|company|client|team|user|owner|namespace)(?:[_-]?(?:id|name|slug|key))?$/i;

/** Where the calls of vector databases take the part that belongs to one tenant. */
const places: Readonly<Record<string, readonly (string | number)[]>> = {
  namespace: [0], withTenant: [0], with_tenant: [0], withTenants: [0], as_retriever: ['search_kwargs.namespace'], asRetriever: ['filter.tenant', 'filter.tenantId'], query: ['namespace', 'where.tenant', 'where.tenant_id', 'filter.tenant', 'filter.tenant_id', 'filter.tenantId', 'tenant'], search: ['partition_names', 'filter.tenant', 'tenant'],
  similarity_search: ['namespace', 'filter.tenant', 'filter.tenant_id'], similaritySearch: ['filter.tenant', 'filter.tenantId'],
};

function chosen(call: CodeCall): CodeArgument | undefined {
  const method = call.node.callee.kind === 'member' ? call.node.callee.property : '';
  for (const place of places[method] ?? []) {
    const found = option(call, place);
    if (found && taintsIn(found.value, 1).some((taint) => taint.label === 'request' && owner.test(taint.what.replace(/([a-z])([A-Z])/g, '$1_$2')))) return found;
  }
  return undefined;
}

export default [
  callRule({
    id: 'auth/tenant-chosen-by-peer', title: 'Tenant of a vector search that the peer names itself', severity: 'high', confidence: 'medium', references: ['CWE-639', 'LLM08:2025', 'AC-3'],
    callees: ['pinecone.Index#{namespace,query}', '@pinecone-database/pinecone.Pinecone#index().namespace', 'weaviate.Collection#{withTenant,with_tenant}', 'weaviate.Client#collections.{get,use}().{withTenant,with_tenant}', 'chromadb.Collection#query', 'milvus.Client#search', 'langchain.VectorStore#{similarity_search,similaritySearch,as_retriever,asRetriever}', 'qdrant.Client#{search,query}', 'turbopuffer.Client#namespace'],
    what: 'Reports the namespace, tenant or tenant filter of a vector search that comes out of the request.', why: 'Whoever writes another name there gets the documents of that customer, and the model reads them out.', noFix: 'The tenant has to come from the verified session.', whenNotToUse: 'For collections that everybody may read.',
    judge: (call): Report | undefined => {
      const found = chosen(call);
      return found ? { at: found.origin, message: 'Whoever sends the request chooses whose documents are searched.' } : undefined;
    },
    examples: [{
      file: 'search.ts',
      bad: sample(["import express from 'express';", "import { Pinecone } from '@pinecone-database/pinecone';", 'const app = express();', "const index = new Pinecone().index('docs');", "app.post('/search', async (req, res) => {", '  res.json(await index.namespace(«req.body.tenantId»).query({ vector: [0.1], topK: 3 }));', '});']),
      good: sample(["import express from 'express';", "import { Pinecone } from '@pinecone-database/pinecone';", 'const app = express();', "const index = new Pinecone().index('docs');", "app.post('/search', async (req, res) => {", '  res.json(await index.namespace(req.user.tenantId).query({ vector: [0.1], topK: 3 }));', '});']),
    }],
  }),
] satisfies readonly Rule[];

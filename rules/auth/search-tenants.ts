import type { CodeContext, Report, Rule } from '../../server/rule/rule.ts';
import { callRule, mayHaveMore, option, type CodeCall } from '../_calls.ts';
import { sample } from '../_samples.ts';

/** How programs call the part of the data that belongs to one customer. */
const tenant = /\b(?:tenant|org|organi[sz]ation|workspace|customer|account)(?:_?[iI]d|_slug|_key)?\b|\.(?:tenant|org|organi[sz]ation|workspace|customer|account)(?:_?[iI]d)?\b/;
/** Everything by which a search may be kept to one of them. */
const narrowing = ['filter', 'filters', 'where', 'namespace', 'tenant', 'partition_names', 'partition_name', 'expr', 'query_filter', 'search_kwargs', 'pre_filter', 'k_filter'];

/** Whether the store was made, or chosen, for the caller alone. */
function ofCaller(call: CodeCall, { document }: CodeContext): boolean {
  const fn = call.within.at(-1);
  const { callee } = call.node;
  const owner = callee.kind === 'member' ? document.text.slice(callee.object.start, callee.object.end) : '';
  if (!fn || tenant.test(owner) || /\(/.test(owner)) return true;
  const name = /^\w+$/.exec(owner)?.[0];
  const before = document.text.slice(fn.start, call.origin.range.start);
  return name !== undefined && new RegExp(String.raw`\b${name}\s*(?:[:,=)]|\bas\b)`).test(before);
}

export default [
  callRule({
    id: 'auth/search-across-tenants', title: 'Search through the documents of all customers', severity: 'medium', confidence: 'medium', references: ['CWE-639', 'LLM08:2025', 'AC-3'],
    callees: ['langchain.VectorStore#{similarity_search,asimilarity_search,similarity_search_with_score,max_marginal_relevance_search,similaritySearch,similaritySearchWithScore}', 'chromadb.Collection#query', 'pinecone.Index#query', 'qdrant.Client#{search,query_points,query}', 'milvus.Client#search'],
    what: 'Reports searches in handlers that know whose request it is, by a name such as `tenant_id`, and hand no filter, namespace or partition to a store that all share.', why: 'The documents of other customers are found as well, and the model reads them out.',
    noFix: 'Where the store keeps whose a document is has to be known.', whenNotToUse: 'For documents that everybody may read.',
    judge: (call, context): Report | undefined => {
      const { code, document } = context;
      const route = code.routes.find((one) => one.closure !== undefined && call.within.includes(one.closure.node));
      if (!route?.closure || mayHaveMore(call) || narrowing.some((name) => option(call, name) !== undefined) || option(call, 2) !== undefined || ofCaller(call, context)) return undefined;
      const { node } = route.closure;
      // The handler is told whose request it is.
      const given = node.params.some((one) => tenant.test(document.text.slice(one.start, one.end))) || /\b(?:user|current_user|session|claims|principal|token|ctx|auth)\b[\w.[\]"']*[._[("']+(?:tenant|org|organi[sz]ation|workspace|customer)(?:_?[iI]d)?\b/.test(document.text.slice(node.start, node.end));
      const kept = /["'](?:tenant|org|organi[sz]ation|workspace|customer)(?:_?[iI]d)?["']\s*:/.test(document.text) && node.params.some((one) => /user|principal|claims|auth/i.test(document.text.slice(one.start, one.end)));
      return given || kept ? { at: call.callee, message: 'The documents of all customers are searched.' } : undefined;
    },
    examples: [{
      file: 'search.py',
      bad: sample(['from fastapi import FastAPI, Depends', 'from langchain_chroma import Chroma', 'from auth import current_tenant', 'app = FastAPI()', 'store = Chroma("docs")', '@app.get("/search")', 'def search(q: str, tenant_id: str = Depends(current_tenant)):', '    audit(tenant_id)', '    return «store.similarity_search»(q, k=4)']),
      good: sample(['from fastapi import FastAPI, Depends', 'from langchain_chroma import Chroma', 'from auth import current_tenant', 'app = FastAPI()', 'store = Chroma("docs")', '@app.get("/search")', 'def search(q: str, tenant_id: str = Depends(current_tenant)):', '    return store.similarity_search(q, k=4, filter={"tenant": tenant_id})']),
    }],
  }),
] satisfies readonly Rule[];

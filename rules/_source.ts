import type { ResourceContext } from '../server/rule/rule.ts';
import type { Resource } from '../server/rule/queries.ts';

/** The text of a place as it is written, empty where its file is gone. */
export function sourceOf({ sources }: Pick<ResourceContext, 'sources'>, { path, range }: Resource['origin']): string {
  return sources.document(path)?.text.slice(range.start, range.end) ?? '';
}

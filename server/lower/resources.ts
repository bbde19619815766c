import type { PolicyStatement } from '../model/policy.ts';
import type { ResourceUnit } from '../model/resource.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';

/** What one unit of infrastructure lowers to. */
export interface LoweredUnit {
  readonly unit: ResourceUnit;
  readonly statements: readonly PolicyStatement[];
}

/**
 * The unit a document belongs to, decided by content: documents with one key are linked and judged together
 * (`terraform:<directory>`, or the document's own path). Undefined when the document declares no infrastructure.
 */
export function unitKey(_document: Document): string | undefined {
  return undefined;
}

/** Lowers and links a whole unit. Total. */
export function lowerUnit(_key: string, _sources: Sources): LoweredUnit {
  return { unit: { resources: [], byAddress: new Map(), byType: new Map(), paths: [] }, statements: [] };
}

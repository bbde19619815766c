import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { directoryName, joinPath } from '../../base/path.ts';
import type { Document } from '../../source/document.ts';
import type { Sources } from '../../source/sources.ts';
import { kebab } from './services.ts';

/** An ExternalSecret of the same folder, and where one more of its entries would stand. */
export interface ExternalSecret {
  readonly path: string;
  /** Name of the Secret that it makes. */
  readonly target: string;
  readonly key: string;
  readonly secret: string;
  readonly at: number;
  readonly text: string;
}

const mostFiles = 40;

/** Finds the ExternalSecret that the manifests of a folder use; an entry is added like those that it has. */
export function findExternalSecret(document: Document, variable: string, sources: Sources): ExternalSecret | undefined {
  const directory = directoryName(document.path);
  const files = [document.path, ...sources.list(directory).filter((one) => /\.ya?ml$/.test(one)).slice(0, mostFiles).map((one) => joinPath(directory, one)).filter((one) => one !== document.path)];
  for (const path of files) {
    const text = sources.document(path)?.text;
    if (!text?.includes('ExternalSecret')) continue;
    for (const one of parseAllDocuments(text, { logLevel: 'silent' })) {
      if (one.errors.length > 0 || one.get('kind') !== 'ExternalSecret') continue;
      const data = one.getIn(['spec', 'data'], true);
      const target = one.getIn(['spec', 'target', 'name']) ?? one.getIn(['metadata', 'name']);
      const last = isSeq(data) && !data.flow ? data.items.at(-1) : undefined;
      if (!isSeq(data) || !isMap(last) || typeof target !== 'string' || !last.range) continue;
      const remote = last.getIn(['remoteRef', 'key']);
      const property = last.getIn(['remoteRef', 'property'], true);
      const key = kebab(variable);
      const secret = typeof remote !== 'string' ? key : isScalar(property) ? remote : remote.slice(0, remote.lastIndexOf('/') + 1) + key;
      const dash = text.lastIndexOf('-', last.range[0]);
      const indent = ' '.repeat(dash - (text.lastIndexOf('\n', dash) + 1));
      const end = text.slice(0, last.range[1]).trimEnd().length;
      return { path, target, key, secret, at: end, text: `\n${indent}- secretKey: ${key}\n${indent}  remoteRef:\n${indent}    key: ${secret}${isScalar(property) ? `\n${indent}    property: ${key}` : ''}` };
    }
  }
  return undefined;
}

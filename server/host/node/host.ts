import fs from 'node:fs';
import path from 'node:path';
import type { ArtefactReport } from '../../artefact/report.ts';
import type { EngineHost } from '../../engine/host.ts';
import { languageOfPath } from '../../source/language.ts';
import { digestLater } from './integrity.ts';
import { createInspector, type InspectorOptions } from './artefacts.ts';
import { readText } from './files.ts';
import { leadsOut } from './links.ts';
import { isVendored } from './walk.ts';

export interface NodeHost extends EngineHost {
  /** Why files were not read, by path, since the host was made. */
  readonly skipped: ReadonlyMap<string, string>;
  /** What was found to be a model or data, by path. */
  readonly artefacts: ReadonlyMap<string, ArtefactReport>;
}

/** The engine's host over the disk. Reads only; never follows a path out of what it is asked for. */
export function createNodeHost(overlay?: ReadonlyMap<string, string>, apart?: InspectorOptions['apart']): NodeHost {
  const skipped = new Map<string, string>();
  const listeners = new Set<(file: string) => void>();
  const { inspect, artefacts, settled } = createInspector({
    unreadable: (file, reason) => void skipped.set(file, reason),
    inspected: (file) => { for (const listener of listeners) listener(file); },
    ...(apart ? { apart } : {}),
  });
  return {
    skipped, artefacts,
    digest: digestLater,
    inspected: (listener) => void listeners.add(listener),
    inspectionsSettled: settled,
    inspect: (file, signers) => (overlay?.has(file) && languageOfPath(file) !== undefined ? undefined : inspect(file, signers)),
    unread: (file) => skipped.get(file),
    read: (file, limit) => {
      const instead = overlay?.get(file);
      if (instead !== undefined) return instead;
      const result = leadsOut(file) ? { skipped: 'a link that leads out of its repository' } : readText(file, limit);
      skipped.delete(file);
      if ('text' in result) return result.text;
      skipped.set(file, result.skipped);
      return undefined;
    },
    today: () => new Date().toISOString().slice(0, 10),
    exists: (file) => fs.existsSync(file),
    list: (directory) => {
      try {
        return fs.readdirSync(directory, { withFileTypes: true })
          .filter((entry) => (entry.isFile() || entry.isDirectory()) && (!entry.isDirectory() || !isVendored(entry.name, path.join(directory, entry.name))))
          .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
          .sort((a, b) => (a < b ? -1 : 1));
      } catch {
        return [];
      }
    },
  };
}

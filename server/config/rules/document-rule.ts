import { dataValues } from '../../lower/data/values.ts';
import { scalar } from '../../rule/queries.ts';
import type { Check } from '../../rule/rule.ts';
import { relativeTo } from '../effective.ts';
import { globMatcher } from '../globs.ts';
import { compileCondition } from './condition.ts';
import { stringsOf, type Definition } from './definition.ts';

/** `kind: document`: settings in JSON and YAML files, such as those of agents and MCP servers. */
export function documentCheck({ map, directory, tell, message }: Definition): Check | undefined {
  const settings = map.entries.get('document')?.value;
  if (settings?.kind !== 'map') {
    tell(map.entries.get('kind')!.keyOrigin, 'A document rule needs "document".');
    return undefined;
  }
  const matches = globMatcher(stringsOf(settings.entries.get('files')?.value));
  const [forbid, require] = ['forbid', 'require'].map((name) => {
    const entry = settings.entries.get(name);
    return entry && compileCondition(entry.value, tell);
  });
  if (!forbid && !require) tell(settings.at, 'A document rule needs "require" or "forbid".');
  return {
    on: 'document', languages: ['json', 'yaml'],
    check: (document, { report }) => {
      if (!matches(relativeTo(directory, document.path))) return;
      for (const value of dataValues(document)) {
        if (value.kind !== 'map') continue;
        const broken = forbid?.holds({ map: value }) === true ? forbid : require?.holds({ map: value }) === false ? require : undefined;
        if (!broken) continue;
        const found = broken.values({ map: value })[0];
        const first = [...value.entries.values()][0];
        report({ at: found?.at ?? first?.keyOrigin ?? { start: 0, end: 0 }, message: message({ name: document.path.slice(document.path.lastIndexOf('/') + 1), type: document.language, value: String(scalar(found) ?? '') }) });
      }
    },
  };
}

import type { CodeAnalysis } from '../analysis/code/analyze.ts';
import type { CodeContext } from '../rule/rule.ts';
import { artefactPathsAt } from '../rule/artefacts.ts';
import { artefactElement } from '../threat/from-artefact.ts';
import type { ArtefactLoad } from '../threat/from-code.ts';

/** Functions that read a model or data file by its path. */
const loads = /(?:^|[.#])(?:load|load_model|load_file|safe_open|read_pickle|from_pretrained|InferenceSession|Llama|YOLO|SentenceTransformer|MLModel|unsafe_load)$/;
const mostFiles = 20;

/** The calls of a program that load model and data files of the workspace, with the files as elements of the threat model. */
export function artefactLoads(code: CodeAnalysis, context: Pick<CodeContext, 'document' | 'sources' | 'artefact'>): readonly ArtefactLoad[] {
  return code.calls.flatMap((call): readonly ArtefactLoad[] => {
    if (call.name === undefined || !loads.test(call.name)) return [];
    const [first] = call.args;
    const written = first?.value.constant ?? first?.value.call?.args[0]?.value.constant;
    if (typeof written !== 'string') return [];
    return artefactPathsAt(written, context).slice(0, mostFiles).map(({ path, report }) => ({ call, element: artefactElement(report, path) }));
  });
}

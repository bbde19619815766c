import type { Call, Expression, FunctionNode } from '../../model/code-tree.ts';
import type { Origin } from '../../model/origin.ts';
import type { Label, SinkKind } from './kinds.ts';
import type { Closure, Taint, Value } from './value.ts';

/** An argument with what the analysis knows of it. */
export interface CodeArgument {
  readonly name?: string;
  readonly value: Value;
  readonly node: Expression;
  readonly origin: Origin;
  readonly spread?: 'list' | 'map';
}

/**
 * One call as it was evaluated; a call in a function that is entered in several contexts is given once for each. Ask it through
 * rule/code.ts.
 */
export interface CodeCall {
  /** Qualified name of the callee with aliases followed: `openai.OpenAI#chat.completions.create`, `torch.load`; undefined when unknown. */
  readonly name: string | undefined;
  /** The callee as written: `this.db.query`. */
  readonly written: string;
  readonly node: Call;
  readonly origin: Origin;
  readonly callee: Origin;
  readonly args: readonly CodeArgument[];
  /** What the method was called on. */
  readonly receiver: Value | undefined;
  readonly isNew: boolean;
  readonly result: Value;
  /** The functions around it, innermost last; empty at the top of the module. */
  readonly within: readonly FunctionNode[];
  /** A person has agreed on the way here. */
  readonly approved: boolean;
  /** The tool handler that is being run, if any. */
  readonly tool: ToolHandler | undefined;
  /** Inside a loop of its own function. */
  readonly looped: boolean;
}

/** One assignment as it was evaluated, for settings that are set one by one. */
export interface CodeAssignment {
  /** Qualified name of what is set: `requests.Session#verify`; undefined when the owner is unknown. */
  readonly name: string | undefined;
  /** As written: `app.secret_key`, `DEBUG`, `os.environ.CURL_CA_BUNDLE`. */
  readonly written: string;
  readonly value: Value;
  readonly node: Expression;
  readonly origin: Origin;
  readonly target: Origin;
  readonly within: readonly FunctionNode[];
}

/** A function that a model may call. */
export interface ToolHandler {
  readonly closure: Closure;
  readonly name: string | undefined;
  readonly description: string | undefined;
  /** The framework asks a person first. */
  readonly approval: boolean;
  readonly origin: Origin;
  readonly framework: string;
}

/** A handler that a network peer can reach. */
export interface Route {
  readonly method: string;
  readonly path: string | undefined;
  readonly framework: string;
  readonly origin: Origin;
  readonly closure: Closure | undefined;
  /** Values of what runs before the handler: middleware, guards, dependencies; the application's own included. */
  readonly guards: readonly Value[];
  readonly call: CodeCall | undefined;
  /** What the route was registered on. */
  readonly owner: Value | undefined;
}

/** Data of a label that reaches a sink. */
export interface CodeFlow {
  readonly sink: SinkKind;
  readonly label: Label;
  readonly taint: Taint;
  readonly at: Origin;
  readonly node: Expression;
  /** The call whose argument it reaches; undefined for assignments and returned values. */
  readonly call: CodeCall | undefined;
  /** Name of the sink for messages: `child_process.exec`, `innerHTML`. */
  readonly sinkName: string;
  readonly value: Value;
  readonly approved: boolean;
  readonly tool: ToolHandler | undefined;
}

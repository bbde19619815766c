import assert from 'node:assert/strict';
import { inspectArtefact } from '../../server/artefact/inspect.ts';
import { bytesSource } from '../../server/artefact/source.ts';
import { within, type PickleValue } from '../../server/artefact/pickle/value.ts';
import { harmfulFunctions } from '../support/artefact-names.ts';
import { bytes, callPickle, command, op, shell } from '../support/artefacts.ts';

const report = (data: Uint8Array) => inspectArtefact(bytesSource(data), 'model.pkl');
const verdict = (data: Uint8Array) => report(data)?.verdict;
const of = (...parts: readonly Uint8Array[]): Uint8Array => bytes(op.proto(4), ...parts, op.stop);
const global = (module: string, name: string): Uint8Array => bytes(op.shortText(module), op.shortText(name), op.stackGlobal);
const call = (callee: Uint8Array, ...args: readonly Uint8Array[]): Uint8Array => bytes(callee, op.mark, ...args, op.tuple, op.reduce);
const text = op.text;
const attrgetter = global('operator', 'attrgetter');
const methodcaller = global('_operator', 'methodcaller');
const getattr = global('builtins', 'getattr');
const subimport = (module: string): Uint8Array => call(global('cloudpickle.cloudpickle', 'subimport'), text(module));
const code = (...names: readonly string[]): Uint8Array => call(call(global('cloudpickle.cloudpickle', '_builtin_type'), text('CodeType')), op.int(1), bytes(op.mark, ...names.map(text), op.tuple));
const made = (...names: readonly string[]): Uint8Array => call(global('cloudpickle.cloudpickle', '_make_function'), code(...names), op.dict);

describe('globals of pickles', () => {
  it('knows functions that do harm, with the opcodes of every protocol', () => {
    const missed = harmfulFunctions.flatMap(([module, name], at) => (verdict(callPickle(name.includes('.') ? 4 : at % 5, module, name, 'value')) === 'dangerous' ? [] : [`${module}.${name}`]));
    assert.deepEqual(missed, []);
  });

  it('knows them when they are only referred to, by data or by a partial function', () => {
    const missed = harmfulFunctions.flatMap(([module, name]) => [of(op.list, global(module, name), op.append), of(call(global('functools', 'partial'), global(module, name), text('x')))].every((one) => verdict(one) === 'dangerous') ? [] : [`${module}.${name}`]);
    assert.deepEqual(missed.filter((one) => !/^builtins\.memoryview/.test(one)), []);
  });

  const dill = (name: string, ...args: readonly Uint8Array[]): Uint8Array => call(global('dill._dill', name), ...args);
  const setItems = (...pairs: readonly (readonly [string, Uint8Array])[]): Uint8Array => bytes(op.dict, ...pairs.flatMap(([key, value]) => [text(key), value, op.setItem]));
  const loader = bytes(global('_frozen_importlib_external', 'SourceFileLoader'), op.emptyTuple, op.newObject, setItems(['path', text('/srv/train.py')]), op.build);
  /** The globals of a main module that dill writes with a function: loader, builtins, and what dataclasses generate with. */
  const mainGlobals = setItems(['__loader__', loader], ['__builtins__', bytes('cbuiltins\n__dict__\n')], ['_create_fn', global('dataclasses', '_create_fn')], ['open', global('io', 'open')]);
  const dillFunction = (globals: Uint8Array, ...names: readonly string[]): Uint8Array => dill('_create_function', dill('_create_code', op.int(1), bytes(op.mark, ...names.map(text), op.tuple)), globals);
  const dillClass = (members: Uint8Array): Uint8Array => dill('_create_type', dill('_load_type', text('type')), text('Config'), bytes(op.mark, dill('_load_type', text('object')), op.tuple), members);
  const dillSetattr = call(getattr, bytes('cdill\n_dill\n'), text('_setattr'), global('builtins', 'setattr'));

  const settings: Readonly<Record<string, Uint8Array>> = {
    'attrgetter that is named': of(attrgetter),
    'attrgetter of plain attributes': of(call(attrgetter, text('name'), text('shape.first'))),
    'methodcaller of a plain method': of(call(methodcaller, text('strip'), text(' '))),
    'getattr that is kept in the data': of(op.dict, text('key'), getattr, op.setItem),
    'a bound method of a text': of(call(getattr, text(', '), text('join'))),
    'a method bound to an instance': of(call(global('types', 'MethodType'), made('x'), call(global('acme', 'Thing')))),
    'a vectorized function': of(call(global('numpy', 'vectorize'), global('numpy', 'log1p'))),
    'a function with modules that it uses': of(made('path', 'join'), subimport('os')),
    'a compiled expression in a function': of(made('re', 'compile', 'list', 'remove')),
    "a member of an enumeration": of(call(getattr, global('http', 'HTTPStatus'), text('OK'))),
    'a named tuple that is carried': of(call(getattr, global('builtins', 'tuple'), text('__new__'))),
    'a class of a project that is named like a module of Python': of(call(global('code.models', 'Net')), op.pop, call(global('test', 'Model')), op.pop, call(global('trace.recorder', 'Recorder'))),
    'the graph of torch.fx': of(call(global('torch.fx.graph_module', 'reduce_graph_module'), op.dict, text('import torch\nfrom math import inf\ndef forward(self, x):\n    return torch.relu(x)\n'))),
    'a data class that dill carries with its main module': of(dillClass(setItems(['__init__', dillFunction(mainGlobals, 'self', 'rate')])), op.emptyTuple, op.newObject, setItems(['rate', op.int(3)]), op.build),
    'a cell that dill fills': of(dillFunction(mainGlobals), op.pop, call(dillSetattr, dill('_create_cell', op.none), text('cell_contents'), dillClass(op.dict))),
    'a constant that dill writes by name': of(dillFunction(op.dict), op.pop, dill('_eval_repr', text('Ellipsis'))),
    'a class with many fields': of(dillFunction(mainGlobals), op.pop, dillClass(setItems(...Array.from({ length: 60 }, (_, at) => [`field${at}`, op.int(1)] as const)))),
    'a long line of text': bytes('(lp0\nV', 'x'.repeat(300_000), '\na.'),
  };
  for (const [what, data] of Object.entries(settings)) {
    it(`does not take ${what} for an attack`, () => {
      const found = report(data);
      assert.ok(found, 'it is recognised');
      assert.notEqual(found.verdict, 'dangerous', JSON.stringify(found.issues));
    });
  }

  const chain = (accessor: Uint8Array): Uint8Array => call(accessor, subimport('os'));
  const tricks: Readonly<Record<string, Uint8Array>> = {
    'attrgetter of what starts processes': of(call(attrgetter, text(shell))),
    'attrgetter through dunder attributes': of(call(attrgetter, text('__class__.__base__'))),
    'attrgetter applied to a module': of(call(chain(call(attrgetter, text(shell))), text(command))),
    'attrgetter with a computed name': of(call(attrgetter, call(global('acme', 'name')))),
    'attrgetter handed to map': of(call(global('builtins', 'map'), attrgetter, op.list)),
    'attrgetter handed to an unknown function': of(call(global('acme', 'apply'), attrgetter, text('x'))),
    'getattr handed to reduce': of(call(global('functools', 'reduce'), getattr, op.list)),
    'getattr in a list that is handed on': of(call(global('itertools', 'starmap'), op.list, getattr, op.append)),
    'getattr of an imported module': of(call(call(getattr, subimport('os'), text(shell)), text(command))),
    'getattr of a module that dill imports': of(call(call(getattr, call(global('dill._dill', '_import_module'), text('os')), text(shell)), text(command))),
    'methodcaller of what starts processes': of(call(methodcaller, text(shell), text(command))),
    'methodcaller with an address': of(call(methodcaller, text('fetch'), text(['https:', '//models.example/x'].join('')))),
    'methodcaller of a dunder method': of(call(methodcaller, text('__subclasses__'))),
    'methodcaller applied to an imported module': of(call(call(methodcaller, text('rmdir'), text('/srv')), subimport('os'))),
    'setattr': of(call(global('builtins', 'setattr'), global('acme', 'settings'), text('hook'), text('x'))),
    'frames of generators': of(call(call(attrgetter, text('gi_frame.f_back')), global('acme', 'generator'))),
    'a carried function that is called': of(call(made('x'), op.none)),
    'a carried function that starts processes': of(made('os', shell)),
    'a carried function that deletes files': of(made('os', 'remove')),
    'the graph of torch.fx with an import': of(call(global('torch.fx.graph_module', 'reduce_graph_module'), op.dict, text('import os\ndef forward(self, x):\n    os.getpid()\n'))),
    'a loader that is made with a path': of(dillFunction(mainGlobals), op.pop, call(global('_frozen_importlib_external', 'SourceFileLoader'), text('x'), text('/srv/x.py'))),
    'a method of the loader that dill carries': of(dillFunction(mainGlobals), op.pop, call(call(getattr, loader, text('set_data')), text('/srv/x'), text('x'))),
    'a method of a table that writes': of(call(call(getattr, call(global('pandas.core.frame', 'DataFrame')), text('to_csv')), text('/srv/x'))),
    'an item of the builtins that dill carries': of(dillFunction(mainGlobals), op.pop, call(global('operator', 'getitem'), bytes('cbuiltins\n__dict__\n'), text('len'))),
    'an item of the globals that dill carries': of(dillFunction(mainGlobals), op.pop, call(global('operator', 'getitem'), mainGlobals, text('__builtins__'))),
    'a class whose constructor generates code': of(dillFunction(mainGlobals), op.pop, call(dillClass(setItems(['__init__', global('dataclasses', '_create_fn')])), op.list, op.list)),
    'a generator of code that dill sets as a method': of(dillFunction(mainGlobals), op.pop, call(dillSetattr, dillClass(op.dict), text('__init__'), global('dataclasses', '_create_fn'))),
    'a generator of code behind more items than are kept': of(dillFunction(mainGlobals), op.pop, dillClass(setItems(...Array.from({ length: 600 }, (_, at) => [`field${at}`, op.int(1)] as const), ['__init__', global('dataclasses', '_create_fn')]))),
    'a function of an imported module that dill replaces': of(dillFunction(mainGlobals), op.pop, call(dillSetattr, dill('_import_module', text('json')), text('loads'), dillFunction(op.dict))),
    'an expression in the place of a constant': of(dillFunction(op.dict), op.pop, dill('_eval_repr', text('Ellipsis')), op.pop, dill('_eval_repr', text('exit()'))),
    'the evaluation of constants handed on': of(dillFunction(op.dict), op.pop, dill('_eval_repr', text('None')), op.pop, call(global('builtins', 'map'), global('dill._dill', '_eval_repr'), op.list)),
    'builtins that are named without any carried function': of(bytes('cbuiltins\n__dict__\n')),
    'builtins that are changed': of(dillFunction(mainGlobals), op.pop, bytes('cbuiltins\n__dict__\n'), text('len'), dillFunction(op.dict), op.setItem),
    'an import that acts': of(subimport('antigravity')),
    'a long line before the call': bytes('(lp0\n', 'V', 'x'.repeat(300_000), '\na', callPickle(0).subarray(0, -1), 'a.'),
  };
  for (const [what, data] of Object.entries(tricks)) it(`finds ${what}`, () => assert.equal(verdict(data), 'dangerous', JSON.stringify(report(data)?.issues)));

  it('does not call a booster safe that is read from a path', () => {
    assert.equal(verdict(of(call(global('lightgbm', 'Booster'), text('value')))), 'unknown');
    assert.equal(verdict(of(global('lightgbm.basic', 'Booster'), op.emptyTuple, op.newObject, op.dict, op.build)), 'safe');
  });

  it('looks at each value once, however often others hold it', () => {
    let list: PickleValue = { kind: 'sequence', open: '[', items: [] };
    for (let level = 0; level < 8; level++) {
      const inner: PickleValue = list;
      list = { kind: 'sequence', open: '[', items: Array.from({ length: 60 }, () => inner) };
    }
    assert.equal([...within([list], () => true, { left: 1000 })].length, 9, 'of 60^8 paths');
  });

  it('calls nothing safe that it does not know', () => {
    const names = ['acme.Model', 'models.Net', 'ldm.util.Thing', 'box.Box', 'my_project.layers.Attention', 'torchx.Thing', 'numpyx.core.Array', 'os2.Thing'];
    for (const full of names) assert.equal(verdict(callPickle(2, full.slice(0, full.lastIndexOf('.')), full.slice(full.lastIndexOf('.') + 1), 'x')), 'unknown', full);
  });
});

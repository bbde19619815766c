/**
 * What no model needs and every payload does. Modules by what their functions do to the machine that loads; a module stands for its
 * submodules too. Taken from the standard library's index and from the libraries' own documentation of what runs, opens or fetches.
 */
const modules: Readonly<Record<string, string>> = {
  'starts processes': 'os posix nt subprocess _posixsubprocess pty popen2 multiprocessing asyncio concurrent pexpect plumbum psutil _signal _winapi winreg _winreg msvcrt win32api win32com win32process pywintypes antigravity paramiko _aix_support _osx_support _bootsubprocess sysconfig podman kubernetes pyautogui pynput wmi frida lldb curses impacket rpyc git',
  'runs code': 'runpy codeop pdb bdb cProfile _lsprof lsprof timeit doctest unittest pydoc importlib imp _imp _frozen_importlib _frozen_importlib_external zipimport pkgutil pkg_resources sitecustomize usercustomize marshal symtable compileall py_compile modulefinder idlelib lib2to3 distutils setuptools ensurepip venv pip cgitb rlcompleter ctypes _ctypes cffi _cffi_backend gc sys _pyrepl readline threading atexit faulthandler IPython ipykernel nbconvert execnet numexpr pyximport Cython execjs js2py tkinter _tkinter Tkinter turtledemo sqlite3 _sqlite3 dbm _dbm shelve wsgiref cgi logging.config logging.handlers _xxsubinterpreters _interpreters _testcapi _testinternalcapi mailcap pstats',
  'reaches files': 'shutil tempfile fileinput glob linecache tarfile zipfile zipapp mmap fcntl filecmp dircache nturl2path mimetypes netrc plistlib aifc sunau wave sndhdr imghdr fsspec smart_open s3fs gcsfs io _io _pyio gzip bz2 lzma pathlib ntpath posixpath genericpath',
  'reaches the network': 'socket _socket ssl _ssl socketserver SocketServer select selectors asyncore asynchat urllib urllib2 urllib3 http httplib requests httpx aiohttp ftplib smtplib smtpd poplib imaplib nntplib telnetlib webbrowser websocket websockets pycurl xmlrpc xmlrpclib scapy twisted zmq wget gdown boto3 botocore psycopg2 pymysql MySQLdb redis pymongo ldap3 huggingface_hub.file_download nltk.downloader django.db',
  'loads another pickle': 'pickle _pickle cPickle pickle5 jsonpickle yaml ruamel klepto kombu dulwich pygit2',
};

/**
 * Single names of modules that are otherwise needed. `*` ends a name that stands for all that begin so; `~` for those of them that
 * are functions, which begin with a small letter, since classes of the same modules lie in honest files.
 */
const names: Readonly<Record<string, string>> = {
  'runs code': `builtins.eval builtins.exec builtins.execfile builtins.compile builtins.__import__ builtins.globals builtins.locals builtins.breakpoint builtins.input
    builtins.raw_input builtins.help builtins.exit builtins.quit builtins.apply builtins.reload builtins.license builtins.open builtins.file
    types.CodeType types.FunctionType types.LambdaType types.ModuleType types.new_class types.prepare_class new.~
   
    copyreg.add_extension copyreg.pickle copyreg.constructor copyreg.dispatch_table copyreg._extension_registry copyreg._inverted_registry copyreg._extension_cache
    uuid._~ uuid.getnode platform.popen platform._syscmd* platform._Processor* getpass.~ typing.get_type_hints typing._eval_type typing.ForwardRef._evaluate dataclasses._create_fn dataclasses.make_dataclass
    gettext.c2py inspect.getsource inspect.getmodule inspect.currentframe inspect.stack inspect.unwrap json.tool.main weakref.finalize asteval.* RestrictedPython.* contextlib.ExitStack.* contextlib.AsyncExitStack.* dask.distributed.* torch.multiprocessing.Process* torch.multiprocessing.Pool* torch.multiprocessing.spawn.* torch.multiprocessing.pool.* torch.distributed.rpc.* torch.distributed.TCPStore torch.distributed.PrefixStore torch.distributed.~ transformers.utils.hub.* matplotlib.pyplot.* omegaconf.OmegaConf.~ _thread.start_new_thread _thread.start_new _thread.start_joinable_thread _thread.interrupt_main _thread.exit xml.etree.ElementTree.~ xml.dom.minidom.~ xml.sax.~
    joblib.numpy_pickle.NumpyUnpickler dill._dill.Unpickler dill.Unpickler dill._dill.Pickler xgboost.core._LIB* lightgbm.basic._LIB* lightning.pytorch.cli.* pytorch_lightning.cli.* lightning.cli.* numba.cuda.~ simpleeval.* conda.* stevedore.* nltk.internals.* plotly.io.~ spacy.load spacy.about.* ray.init ray.util.* dask.distributed.* distributed.Client distributed.client.* distributed.Worker* distributed.LocalCluster* billiard.* delegator.* ansible.* gevent.subprocess.* eventlet.green.* genshi.* chameleon.* cython.~ jupyter_client.* torch.fx.node.~ torch.fx.~ torch._C._load* torch._C._import* torch.ao.quantization.fx.~ tensorflow.compat.v1.py_func tensorflow.compat.v1.numpy_function numpy.compat.py3k.* numpy.compat.~ mlflow.utils.process.* hydra._internal.* django.core.* celery.utils.* celery.bin.*
    torch.package.* torch.hub.* torch.jit.unsupported_tensor_ops.* torch.jit.CompilationUnit torch.jit._script.~ torch.jit._serialization.* torch.jit.~ torch.utils.cpp_extension.* torch.utils._config_module.*
    torch.utils.collect_env.* torch.utils.bottleneck.* torch.utils.data.datapipes.utils.decoder.* torch.utils.model_zoo.* torch.utils.model_dump.* torch.utils.show_pickle.* torch.utils.hipify.* torch.utils.benchmark.*
    torch.ops.* torch.classes.* torch._ops.* torch._classes.* torch.library.* torch.multiprocessing.~ torch.distributed.rpc.~ torch.distributed.run.* torch.distributed.launch.* torch.distributed.launcher.* torch.distributed.elastic.*
    torch._dynamo.* torch._inductor.* torch.fx.experimental.symbolic_shapes.* torch.testing.~ torch.testing._internal.* torch._sources.* torch._weights_only_unpickler.*
    torch.fx.graph_module.reduce_deploy_graph_module torch.fx.graph_module._forward_from_src torch.fx.graph_module._exec_with_source torch.compile torch.profiler.~
    numpy.f2py.* numpy.testing.* numpy.distutils.* numpy.ctypeslib.* numpy.lib.utils.safe_eval numpy.safe_eval numpy.test numpy.lib.introspect.* numpy.core._multiarray_tests.* numpy._core._multiarray_tests.*
    pandas.eval pandas.core.computation.* pandas.DataFrame.eval pandas.DataFrame.query pandas.core.frame.DataFrame.eval pandas.core.frame.DataFrame.query pandas.util._print_versions.* pandas._testing.* pandas.testing.* pandas.test
    scipy._lib._testutils.* scipy.LowLevelCallable scipy.test scipy.weave.* scipy.misc.~ scipy._lib._ccallback.* scipy.integrate.quad
    sklearn.utils._testing.* sklearn.utils.testing.* sklearn.setup_module joblib.memory.~ joblib.func_inspect.* joblib.externals.* joblib.testing.*
    dill._dill._eval_repr dill._dill._getattribute dill._dill._get_attr dill.source.~ dill._dill._create_ftype dill._dill._import_object cloudpickle.cloudpickle.dynamic_subimport cloudpickle.cloudpickle._getobject cloudpickle.cloudpickle._lookup_module_and_qualname cloudpickle.cloudpickle._import_module
    tensorflow.load_library tensorflow.load_op_library tensorflow.py_function tensorflow.numpy_function tensorflow.py_func tensorflow.raw_ops.* keras.layers.Lambda keras.layers.core.Lambda keras.layers.core.lambda_layer.Lambda keras.src.layers.core.lambda_layer.Lambda tensorflow.keras.layers.Lambda keras.utils.generic_utils.func_load keras.src.utils.python_utils.func_load keras.utils.func_load keras.src.utils.code_stats.*
    mlflow.projects.* mlflow.pyfunc.~ mlflow.utils.~ mlflow.sklearn.~ mlflow.pytorch.~ mlflow.models.~ mlflow.cli.* bentoml.~ ray.remote ray._private.~ ray.get dask.~ distributed.~ pyspark.~ cupy.RawKernel cupy.RawModule numba.~ llvmlite.* theano.~ xgboost.testing.* autogluon.~ langchain.~ gradio.~ streamlit.~ huggingface_hub.~ huggingface_hub.HfApi huggingface_hub.HfFileSystem huggingface_hub.InferenceClient azure.storage.* google.cloud.storage.*
    transformers.pipeline transformers.pipelines.~ transformers.dynamic_module_utils.* transformers.utils.import_utils.~ transformers.testing_utils.* transformers.commands.* transformers.integrations.~ nltk.~ spacy.cli.* spacy.util.~ sympy.~ sympy.parsing.* sympy.utilities.* networkx.readwrite.* statsmodels.formula.* patsy.~ patsy.eval.* hydra.~ hydra.utils.* pydantic.~ attr._make.~ pytest.~ _pytest.* nose.~ jinja2.* mako.* PIL.ImageMath.* PIL.ImageShow.* celery.~ sqlalchemy.~ accelerate.commands.* accelerate.utils.~ deepspeed.~ lightning.~ pytorch_lightning.~ pytorch_lightning.utilities.~ skops.io.~ polars.~ duckdb.~ torch_geometric.data.~ peft.utils.~ diffusers.utils.~ fastai.imports.* fastcore.~ mmengine.~ mmcv.~ timm.models.~ optuna.~ wandb.~ sagemaker.~ evaluate.~ pkg_resources.* google.cloud.~ werkzeug.* flask.* django.~ tornado.* bdb.* ast.~ dis.~ tokenize.~ shlex.~ cmd.* optparse.~ argparse.~ getopt.~ pyclbr.~ tabnanny.~`,
  'reaches files': `numpy.lib.npyio.NpzFile numpy.lib._npyio_impl.NpzFile numpy.lib.format.~ torch.serialization._open* torch.utils.data.datapipes.iter.* torch.utils.data.datapipes.iter.httpreader.* torch.utils.data.datapipes.iter.onlinereader.* tensorflow.data.TextLineDataset tensorflow.data.TFRecordDataset tensorflow.data.FixedLengthRecordDataset tensorflow.python.data.ops.readers.* defusedxml.* cv2.VideoCapture cv2.VideoWriter cv2.FileStorage PIL.ImageGrab.* builtins.open builtins.file torch._C.PyTorch* torch.PyTorch* torch._C._jit_* torch._C._import* torch._C.import_* torch.distributed.FileStore torch._C._distributed_c10d.* torch.utils.data.datapipes.iter.File* torch.utils.data.datapipes.iter.fileopener.* torch.utils.data.datapipes.iter.filelister.* torch.onnx.~ torch.export.~ pyarrow.OSFile pyarrow.NativeFile pyarrow.MemoryMappedFile pyarrow.memory_map pyarrow.create_memory_map pyarrow.lib.OSFile pyarrow.lib.MemoryMappedFile pyarrow.input_stream pyarrow.output_stream pyarrow.parquet.~ pyarrow.csv.~ matplotlib.backends.backend_pdf.PdfPages matplotlib.backends.backend_pgf.PdfPages matplotlib.animation.* matplotlib.image.~ turtle.config_dict turtle.readconfig codecs.open torch.save torch.serialization.save torch.from_file torch.UntypedStorage.from_file torch.storage.UntypedStorage.from_file torch.FloatStorage.from_file torch.utils.tensorboard.* torch.utils.mobile_optimizer.~ torchvision.io.~ torchaudio.~ torchvision.datasets.~ torchtext.~ torch.utils.file_baton.* torch._appdirs.~
    numpy.save numpy.savez numpy.savez_compressed numpy.savetxt numpy.loadtxt numpy.genfromtxt numpy.fromfile numpy.fromregex numpy.memmap numpy.core.memmap.memmap numpy._core.memmap.memmap numpy.DataSource numpy.lib._datasource.* numpy.lib.npyio.~ numpy.lib.npyio.DataSource numpy.lib._npyio_impl.~ numpy.lib.format.open_memmap numpy.core.records.fromfile numpy.rec.fromfile numpy.ndarray.tofile numpy.core.multiarray.fromfile numpy._core.multiarray.fromfile numpy.core._multiarray_umath.fromfile numpy._core._multiarray_umath.fromfile
    pandas.read_* pandas.io.* pandas.DataFrame.to_* pandas.core.frame.DataFrame.to_* pandas.Series.to_* pandas.core.series.Series.to_* pandas.core.generic.NDFrame.to_* pandas.ExcelFile pandas.ExcelWriter pandas.HDFStore pandas.to_pickle
    scipy.io.* scipy.datasets.* scipy.sparse.load_npz scipy.sparse.save_npz sklearn.datasets.~ joblib.dump joblib.numpy_pickle.dump joblib.Memory joblib.memory.Memory joblib.disk.~ joblib.numpy_pickle_utils.~ joblib.logger.~ dill._dill._create_filehandle logging.FileHandler logging.basicConfig tensorflow.io.* tensorflow.saved_model.~ tensorflow.summary.~ tensorflow.python.platform.gfile.* tensorflow.python.lib.io.* tensorflow.python.ops.io_ops.* tensorflow.python.ops.gen_io_ops.* tensorflow.python.saved_model.~ networkx.read_* networkx.write_* nltk.data.* lxml.etree.~ tensorflow.train.load_checkpoint keras.utils.get_file keras.src.utils.file_utils.* keras.saving.~ tensorflow.keras.utils.get_file PIL.Image.open cv2.imread cv2.imwrite imageio.~ skimage.io.~ openpyxl.~ xlrd.~ h5py.File h5py._hl.files.File configparser.~ csv.~ plistlib.~ netrc.* mailbox.* statsmodels.datasets.* statsmodels.iolib.smpickle.* safetensors.~ safetensors.torch.~ pyarrow.fs.* gensim.utils.~ gensim.downloader.* datasets.load_dataset datasets.load.*`,
  'loads another pickle': `torch.load torch.serialization.load torch.serialization._load torch.serialization._legacy_load torch._utils_internal.~ numpy.load numpy.lib.npyio.load pandas.read_pickle joblib.load joblib.numpy_pickle.load joblib.numpy_pickle.load_temporary_memmap joblib.numpy_pickle._unpickle joblib.numpy_pickle_compat.~ sklearn.externals.joblib.~ sklearn.externals.* sklearn.utils._joblib.~ dill.load dill.loads dill.dump dill.load_session dill.load_module dill.session.* dill._dill.load dill._dill.loads cloudpickle.load cloudpickle.loads cloudpickle.cloudpickle.load cloudpickle.cloudpickle.loads keras.models.load_model tensorflow.keras.models.load_model keras.src.saving.saving_api.~ xgboost.spark.* lightgbm.dask.~`,
};

/**
 * Modules whose names projects give to packages of their own as well. Only these names of the module itself are those of the standard
 * library and of published packages; everything else under such a name is unknown.
 */
const shared: Readonly<Record<string, string>> = {
  'runs code': 'code.InteractiveInterpreter code.InteractiveConsole code.interact code.compile_command trace.Trace trace.main profile.run profile.runctx profile.Profile profile.main site.addsitedir site.addpackage site.main site.execsitecustomize site.execusercustomize site.removeduppaths test.support. test.libregrtest. test.regrtest. test.script_helper. test.pythoninfo. test.__main__. test.test_support. celery.Celery celery.bin. airflow.operators. luigi.run luigi.build',
  'starts processes': 'commands.getoutput commands.getstatusoutput commands.getstatus commands.mkarg sh.Command sh.bash sh.sh sh.curl sh.wget sh.rm sh.cat sh.RunningCommand invoke.run invoke.Context invoke.runners. invoke.context. fabric.Connection fabric.api. fabric.operations. gdb.execute gdb.parse_and_eval docker.from_env docker.DockerClient docker.client. docker.api. signal.signal signal.raise_signal signal.pthread_kill signal.alarm signal.setitimer sched.scheduler',
  'reaches the network': 'dns.resolver. dns.query. dns.update. dns.asyncresolver.',
};

/** Names that mean harm in whatever module they are looked up: re-exported modules and what starts things. */
const anywhere = new RegExp(`^(?:${[
  'os|_os|sys|_sys|subprocess|posix|nt|builtins|__builtins?__|importlib|shutil|socket|ctypes|pickle|marshal|runpy|pty|tempfile|urllib|requests',
  'system|popen[234]?|Popen|exec|eval|execfile|exec_\\w+|execv\\w*|execl\\w*|spawn\\w*|_spawn\\w*|posix_spawnp?|fork_exec|run_code|run_path|run_module|_run_code|_run_module\\w*|_run_entry_point|runstring|runsource|runcode|run_string|run_command|runcall|runeval|runctx',
  'getoutput|getstatusoutput|check_output|check_call|shell|shell_exec|_shell|import_module|__import__|_import_module|import_string|import_file|import_from_string|load_module|load_library|load_extension|load_dynamic|load_source|load_plugin|loads_module|CDLL|WinDLL|dlopen|urlopen|urlretrieve|download|download_url\\w*|download_file\\w*|load_url|load_file_from_url|load_state_dict_from_url|load_pickle|read_pickle|unpickle|rmtree|from_pretrained|load_model|load_weights|load_from_checkpoint|get_file|read_file|write_file|write_text|write_bytes|read_text|read_bytes|run_cmd|run_shell|run_script|safe_eval|unsafe_load|get_class_from_dynamic_module',
  'get_data|get_code|gi_frame|gi_code|cr_frame|ag_frame|f_back|f_globals|f_builtins|f_locals|tb_frame|func_globals|func_code|im_func|co_code|__getattribute__|__subclasses__|__globals__|__code__|__reduce__|__reduce_ex__|__setstate__|__mro__|__bases__|__base__|__dict__|__loader__|__spec__|__init_subclass__|__getattr__',
].join('|')})$`);

/**
 * Functions that call or reach what they are given and do no harm by themselves: judged by what they are called with. Honest files
 * keep them as settings: key functions, accessors, methods bound to an object.
 */
const tools = new Set(`dill._dill._import_module builtins.map builtins.filter builtins.reduce itertools.imap itertools.ifilter itertools.izip builtins.setattr builtins.delattr builtins.dir builtins.vars types.MethodType operator.attrgetter operator.methodcaller _operator.attrgetter _operator.methodcaller operator.call _operator.call functools.reduce _functools.reduce functools.partialmethod functools.cached_property itertools.starmap itertools.accumulate itertools.takewhile itertools.dropwhile itertools.filterfalse itertools.groupby
  numpy.vectorize numpy.frompyfunc numpy.apply_along_axis numpy.apply_over_axes numpy.piecewise numpy.fromfunction numpy.lib.function_base.vectorize numpy.lib._function_base_impl.vectorize pandas.DataFrame.pipe pandas.DataFrame.apply pandas.core.frame.DataFrame.apply pandas.core.frame.DataFrame.pipe pandas.Series.apply pandas.core.series.Series.apply joblib.Parallel joblib.parallel.Parallel joblib.delayed joblib.parallel.delayed`.split(/\s+/));

/** Harmless by name, and yet they call or keep for a call what they are given. */
const callers = new Set('functools.partial _functools.partial builtins.sorted builtins.max builtins.min builtins.iter builtins.property builtins.sum builtins.any builtins.all builtins.list builtins.tuple builtins.set builtins.dict collections.defaultdict collections.Counter collections.deque'.split(' '));

/** True for what calls its arguments, or makes something that does. */
export function callsArguments(name: string): boolean {
  return tools.has(name) || callers.has(name);
}

/** True for a function that carries out or reaches what it is given. */
export function isTool(name: string): boolean {
  return tools.has(name);
}

const byModule = new Map(Object.entries(modules).flatMap(([why, list]) => list.split(' ').map((module) => [module, why] as const)));
const exact = new Map<string, string>();
const prefixes = new Map<string, { readonly why: string; readonly functions: boolean }>();
for (const [why, list] of Object.entries(names)) {
  for (const name of list.split(/\s+/)) {
    if (name.endsWith('*') || name.endsWith('~')) prefixes.set(name.slice(0, -1), { why, functions: name.endsWith('~') });
    else exact.set(name, why);
  }
}

for (const [why, list] of Object.entries(shared)) {
  for (const name of list.split(' ')) {
    if (name.endsWith('.')) prefixes.set(name, { why, functions: false });
    else { exact.set(name, why); prefixes.set(`${name}.`, { why, functions: false }); }
  }
}

/** Why a single name is listed as dangerous; it wins over every list of harmless names. */
export function listedDanger(name: string): string | undefined {
  const own = exact.get(name);
  if (own !== undefined) return own;
  for (let end = name.length - 1; end > 0; end--) {
    const found = prefixes.get(name.slice(0, end));
    if (found && (!found.functions || /^_*[a-z]\w*$/.test(name.slice(end)))) return found.why;
  }
  return undefined;
}

/** Why all of a module is dangerous, its parents included. */
export function moduleDanger(module: string): string | undefined {
  for (let at = module; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const why = byModule.get(at);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Why a name is dangerous in any module, judged by each part of a dotted name. */
export function namedDanger(name: string): string | undefined {
  return name.split('.').some((part) => anywhere.test(part)) ? 'runs code' : undefined;
}

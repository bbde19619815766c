/**
 * Functions of the standard library and of libraries around models that run code, start processes, reach files or the network, or load
 * further pickles, from what their documentation says. A pickle that calls one is dangerous.
 */
export const harmfulFunctions: readonly (readonly [module: string, name: string])[] = `
  importlib.import_module importlib.util.spec_from_file_location importlib.machinery.SourceFileLoader importlib.reload runpy.run_module runpy._run_code runpy.run_path pty.spawn pty.fork
  webbrowser.open webbrowser.get webbrowser.open_new_tab pip.main pip._internal.main pip._internal.cli.main.main pip._vendor.requests.get torch.hub.load torch.hub.download_url_to_file
  torch.hub.load_state_dict_from_url torch.load torch.serialization.load numpy.testing._private.utils.runstring numpy.testing.rundocs numpy.testing._private.utils.rundocs _pickle.loads
  _pickle.load _pickle.Unpickler pickle.loads pickle.load pickle.Unpickler cPickle.loads asyncio.create_subprocess_exec asyncio.create_subprocess_shell
  asyncio.subprocess.create_subprocess_shell asyncio.run asyncio.unix_events._UnixSubprocessTransport._start code.InteractiveInterpreter code.InteractiveConsole code.interact
  code.InteractiveInterpreter.runcode codeop.compile_command timeit.timeit timeit.repeat timeit.main timeit.Timer cProfile.run cProfile.runctx profile.run profile.Profile.runctx
  profile.Profile.run profile.runctx pdb.run pdb.runeval pdb.runcall pdb.Pdb.run pdb.set_trace doctest.debug_script doctest.testmod doctest.debug bdb.Bdb.run bdb.Bdb.runeval bdb.Bdb.runctx
  idlelib.pyshell.ModifiedInterpreter.runcode idlelib.pyshell.ModifiedInterpreter.runcommand idlelib.run.Executive.runcode idlelib.debugobj.ObjectTreeItem.SetText
  idlelib.autocomplete.AutoComplete.get_entity idlelib.autocomplete.AutoComplete.fetch_completions idlelib.calltip.get_entity idlelib.calltip.Calltip.fetch_tip
  lib2to3.pgen2.grammar.Grammar.loads lib2to3.pgen2.pgen.ParserGenerator.make_label lib2to3.main.main ensurepip._run_pip ensurepip.bootstrap venv.create venv.EnvBuilder venv.main
  multiprocessing.Process multiprocessing.Pool multiprocessing.util.spawnv_passfds multiprocessing.context.Process multiprocessing.connection.Client multiprocessing.managers.BaseManager
  ctypes.CDLL ctypes.cdll ctypes.PyDLL ctypes.WinDLL ctypes.util.find_library ctypes.util._findLib_gcc ctypes.string_at ctypes.memmove sys.modules sys.settrace sys.exit sys.stdout.write
  nt.system posix.system os.popen posix.execve os.execl os.spawnl os.fork os.remove os.unlink os.putenv commands.getoutput commands.getstatusoutput linecache.getline linecache.updatecache
  linecache.lazycache logging.config.listen logging.config.fileConfig logging.config.dictConfig logging.config._resolve logging.config._install_loggers ssl.get_server_certificate ssl.SSLSocket
  ssl.SSLContext ssl.wrap_socket urllib.request.urlopen urllib.request.urlretrieve urllib2.urlopen urllib.urlopen http.client.HTTPConnection http.client.HTTPSConnection httplib.HTTPConnection
  http.server.HTTPServer http.server.test http.cookiejar.FileCookieJar requests.api.get requests.get requests.post requests.sessions.Session requests.request socket.socket
  socket.create_connection socket.create_server socket.getaddrinfo shutil.rmtree shutil.copyfile shutil.move shutil.copy shutil.chown shutil.make_archive shutil.unpack_archive tempfile.mktemp
  tempfile.NamedTemporaryFile tempfile.mkdtemp tempfile._get_default_tempdir aiohttp.client.ClientSession aiohttp.ClientSession aiohttp.request types.CodeType types.FunctionType
  types.LambdaType marshal.loads marshal.load dill.load dill.loads dill._dill.load dill.load_session joblib.load joblib.numpy_pickle.load joblib.numpy_pickle._unpickle pandas.eval
  pandas.read_pickle pandas.io.pickle.read_pickle pandas.io.common.get_handle pandas.read_csv pandas.DataFrame.query pandas.core.computation.eval.eval torch.fx.graph_module._forward_from_src
  torch._inductor.codecache.compile_file torch._inductor.utils.get_code torch._inductor.compile_worker torch._inductor.codecache.PyCodeCache.load torch.jit.unsupported_tensor_ops.execWrapper
  torch.utils._config_module.load_config torch.utils._config_module.ConfigModule.load_config torch.utils.bottleneck.__main__.run_cprofile torch.utils.bottleneck.__main__.run_autograd_prof
  torch.utils.collect_env.run torch.utils.data.datapipes.utils.decoder.basichandlers torch.utils.cpp_extension.load_inline torch.utils.cpp_extension.load torch.utils.benchmark.Timer
  torch.utils.show_pickle.main torch._dynamo.guards.GuardBuilder.get torch._dynamo.eval_frame torch.fx.experimental.symbolic_shapes.ShapeEnv.evaluate_guards_expression
  torch.testing._internal.common_utils.shell torch.testing._internal.distributed.rpc.jit.rpc_test torch.distributed.rpc.rpc_sync torch.distributed.run.run torch.multiprocessing.spawn
  torch.package.PackageImporter torch.classes.load_library torch.ops.load_library torch._C._jit_compile torch._C.PyTorchFileReader torch._C.PyTorchFileWriter torch.distributed.TCPStore
  torch.distributed.FileStore torch.UntypedStorage.from_file torch.FloatStorage.from_file torch.utils.tensorboard.SummaryWriter torch.onnx.export torch.export.load torch.jit.load torch.save
  torch.utils.data.datapipes.iter.FileOpener numpy.load numpy.loadtxt numpy.genfromtxt numpy.fromfile numpy.memmap numpy.savetxt numpy.f2py.crackfortran.getlincoef
  numpy.f2py.crackfortran.param_eval numpy.f2py.crackfortran._eval_length numpy.f2py.crackfortran.myeval numpy.f2py.diagnose.run_command numpy.distutils.exec_command.exec_command
  numpy.ctypeslib.load_library numpy.lib.npyio.load numpy.DataSource numpy.lib._datasource.open cloudpickle.loads cloudpickle.load builtins.eval builtins.exec builtins.compile builtins.open
  builtins.__import__ builtins.input builtins.breakpoint builtins.globals builtins.locals builtins.memoryview.tobytes.__self__ __builtin__.execfile __builtin__.apply __builtin__.eval
  __builtin__.file __builtin__.reload __builtin__.raw_input subprocess.run subprocess.Popen subprocess.check_output subprocess.call subprocess.getoutput subprocess.getstatusoutput
  _posixsubprocess.fork_exec gc.get_objects gc.get_referrers inspect.currentframe trace.Trace.run trace.Trace.runctx trace.main site.main site.addsitedir zipimport.zipimporter pkgutil.get_data
  pkgutil.resolve_name pkgutil.walk_packages pydoc.locate pydoc.pipepager pydoc.tempfilepager pydoc.browse pydoc.safeimport cgitb.lookup cgitb.enable distutils.spawn.spawn
  distutils.file_util.write_file distutils.dir_util.remove_tree setuptools.sandbox.run_setup setuptools.setup _aix_support._read_cmd_output _osx_support._read_output
  _osx_support._find_build_tool uuid._get_command_stdout uuid._popen uuid.getnode platform.popen platform._syscmd_ver imaplib.IMAP4_stream smtplib.SMTP ftplib.FTP telnetlib.Telnet poplib.POP3
  nntplib.NNTP xmlrpc.client.ServerProxy socketserver.TCPServer asyncore.dispatcher sqlite3.connect sqlite3.dbapi2.connect dbm.open shelve.open dbm.dumb.open readline.read_history_file
  fileinput.input glob.glob io.open io.FileIO io.open_code _io.open _io.FileIO _pyio.open codecs.open tarfile.open zipfile.ZipFile gzip.open bz2.open lzma.open pathlib.Path.write_text
  pathlib.Path.read_text pathlib.Path.unlink pathlib.Path.touch pathlib.PosixPath.write_bytes pathlib.Path.open mmap.mmap signal.signal threading.Thread _thread.start_new_thread atexit.register
  weakref.finalize concurrent.futures.ThreadPoolExecutor concurrent.futures.ProcessPoolExecutor sched.scheduler unittest.mock._importer unittest.main unittest.TestLoader.loadTestsFromName
  test.support.script_helper.assert_python_ok test.support.run_in_subinterp symtable.symtable compileall.compile_file py_compile.compile modulefinder.ModuleFinder.run_script tkinter.Tk
  turtle.config_dict antigravity.geohash turtledemo.__main__.DemoWindow rlcompleter.Completer.attr_matches mailcap.findmatch wsgiref.simple_server.demo_app tensorflow.io.read_file
  tensorflow.io.write_file tensorflow.load_op_library tensorflow.keras.models.load_model tensorflow.py_function keras.models.load_model keras.utils.get_file keras.layers.Lambda
  mlflow.projects.backend.local._run_entry_point mlflow.pyfunc.load_model bentoml.load IPython.utils.process.system IPython.core.interactiveshell.InteractiveShell.run_cell boto3.client
  paramiko.SSHClient pyarrow.OSFile pyarrow.memory_map pyarrow.fs.LocalFileSystem h5py.File nltk.downloader.download transformers.AutoModel.from_pretrained transformers.pipeline
  transformers.utils.hub.cached_file huggingface_hub.hf_hub_download huggingface_hub.snapshot_download datasets.load_dataset fsspec.open yaml.load yaml.unsafe_load jinja2.Template
  jinja2.Environment.from_string mako.template.Template sympy.sympify sympy.parsing.sympy_parser.parse_expr numexpr.evaluate numba.jit cffi.FFI.dlopen sklearn.datasets.fetch_openml
  sklearn.utils._testing.check_skip_network scipy.io.loadmat scipy._lib._testutils.PytestTester joblib.Memory PIL.ImageMath.eval PIL.ImageShow.show cv2.imread matplotlib.pyplot.savefig
  os.path.exists posixpath.expanduser getpass.getpass xml.etree.ElementTree.parse xml.sax.parse ast.literal_eval smart_open.open git.Repo.clone_from git.Git.execute pexpect.spawn psutil.Popen
  sh.Command plumbum.local fabric.Connection invoke.run docker.from_env kombu.serialization.loads matplotlib.backends.backend_pdf.PdfPages matplotlib.animation.FFMpegWriter
`.trim().split(/\s+/).map((full) => {
  const parts = full.split('.');
  const owner = parts.findIndex((part, at) => at > 0 && /^[A-Z]/.test(part));
  const at = owner > 0 ? owner : parts.length - 1;
  return [parts.slice(0, at).join('.'), parts.slice(at).join('.')] as const;
});

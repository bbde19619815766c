import type { SinkSpec } from './sink-spec.ts';

/** What Python's own library and the packages around it run, load, open or ask, beside the everyday calls of `sinks.ts`. */
export const pythonSinks: readonly SinkSpec[] = [
  { kind: 'shell', names: ['popen2.{popen3,popen4,Popen3,Popen4}'], args: [0] },
  { kind: 'shell', names: ['asyncio.{get_running_loop,get_event_loop,new_event_loop}().subprocess_shell'], args: [1, 'cmd'] },
  { kind: 'shell', names: ['subprocess.{run,check_output}'], args: ['input'], when: 'reads-script' },
  { kind: 'code', names: ['logging.config.{dictConfig,fileConfig}', 'bson.code.Code', 'bson.Code', 'hydra.utils.{instantiate,call}'], args: [0] },
  { kind: 'code', names: ['torch.utils.cpp_extension.load_inline'], args: [1, 'cpp_sources', 'cuda_sources'] },
  { kind: 'module', names: ['pkgutil.resolve_name', 'hydra.utils.{get_class,get_method,get_object}', 'rq.Queue#{enqueue,enqueue_call}', 'dbapi.Connection#load_extension', 'werkzeug.utils.{import_string,find_modules}', 'importlib.{__import__,reload}'], args: [0, 'func'] },
  { kind: 'module', names: ['site.addsitedir', 'sys.path.{append,insert}'], args: [0, 1] },
  { kind: 'deserialize', names: ['pickle.{_loads,_load,_Unpickler}', 'jsonpickle.unpickler.Unpickler().restore', 'jsonpickle.unpickler.Unpickler#restore', 'yaml.{Loader,UnsafeLoader,CLoader}', 'keras.models.{model_from_json,model_from_yaml,model_from_config}', 'jsonpickle.Unpickler().restore'], args: [0] },
  { kind: 'sql', names: ['psycopg2.extras.{execute_values,execute_batch}', 'psycopg.extras.{execute_values,execute_batch}'], args: [1, 'sql'] },
  { kind: 'sql', names: ['sqlalchemy.select().{prefix_with,suffix_with,with_statement_hint}'], args: [0] },
  { kind: 'sql', names: ['lancedb.connect().open_table().search().where', 'lancedb.connect().open_table().{delete,update,search().where().where}', 'lancedb.Table#search().where'], args: [0, 'where'] },
  { kind: 'sql', names: ['milvus.Client#{query,search,delete}', 'pymilvus.{MilvusClient,Collection}#{query,search,delete}'], args: ['filter', 'expr'] },
  { kind: 'path', names: ['langchain.Loader'], args: [0, 'file_path', 'path'], when: 'file-loader' },
  { kind: 'shell', names: ['plumbum.local.{bash,sh,zsh,ssh,sudo}'], args: ['words'] },
  { kind: 'code', names: ['{elasticsearch,opensearchpy}.{Elasticsearch,AsyncElasticsearch,OpenSearch,AsyncOpenSearch}#search'], args: ['body.query.script.script.source', 'query.script.script.source', 'query.script_score.script.source', 'body.query.script_score.script.source'] },
  { kind: 'ldap', names: ['ldap.Connection#{search,search_s,search_st,search_ext,search_ext_s}', 'ldap3.Connection#search'], args: ['base', 'search_base'] },
  { kind: 'redirect', names: ['starlette.{Response,PlainTextResponse,HTMLResponse}', 'flask.{Response,make_response}', 'aiohttp.web.Response', 'azure.functions.HttpResponse'], args: ['headers.Location', 'headers.location'] },
  { kind: 'ldap', names: ['ldap.Connection#{simple_bind,simple_bind_s,bind,bind_s,modify_s,add_s,delete_s}', 'ldap.initialize().{simple_bind,simple_bind_s,bind_s,modify_s,add_s,delete_s}'], args: [0] },
  { kind: 'path', names: ['linecache.{getline,getlines}', 'fileinput.{input,FileInput}'], args: [0, 'files'] },
  { kind: 'shell', names: ['ansible_runner.{run,run_async,run_command,interface.run}'], args: ['module_args', 'cmdline', 'executable_cmd'] },
  { kind: 'model-choice', names: ['llama_cpp.Llama', 'gpt4all.GPT4All', 'faster_whisper.WhisperModel', 'ctransformers.AutoModelForCausalLM.from_pretrained'], args: ['model_path', 'model_size_or_path', 'model_name', 'model_path_or_repo_id'] },
  { kind: 'template', names: ['django.template.engines.{django,jinja2}.from_string', 'django.template.engines[].from_string'], args: [0] },
  { kind: 'path', names: ['llamaindex.SimpleDirectoryReader'], args: [0, 'input_dir', 'input_files'] },
  { kind: 'url', names: ['llamaindex.{SimpleWebPageReader,TrafilaturaWebReader,BeautifulSoupWebReader,RssReader,AsyncWebPageReader}#load_data'], args: [0, 'urls'] },
  {
    kind: 'model-choice', args: [0, 'handle', 'path', 'artifact_uri', 'restore_path'],
    names: ['tensorflow_hub.{load,KerasLayer}', 'torch.export.load', 'mlflow.artifacts.{download_artifacts,load_dict,load_text}', 'gensim.models.{Word2Vec,Doc2Vec,FastText,LdaModel,TfidfModel}.load', 'stable_baselines3.{PPO,A2C,DQN,SAC,TD3,DDPG}.load'],
  },
  { kind: 'template', names: ['jinja2.nativetypes.NativeEnvironment#from_string', 'airspeed.Template', 'django.template.Engine#from_string', 'mako.template.ModuleTemplate'], args: [0] },
];

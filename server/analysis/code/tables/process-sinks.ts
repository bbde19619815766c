import type { SinkSpec } from './sink-spec.ts';

/** Programs, code and files, by library. */
export const processSinks: readonly SinkSpec[] = [
  { kind: 'shell', names: ['dockerode#{getContainer().exec,createContainer,run}', 'dockerode.Docker#{getContainer().exec,createContainer,run}'], args: ['Cmd'], when: 'shell-words' },
  { kind: 'shell', names: ['node-pty.spawn', 'Bun.spawnSync', 'bun.{spawn,spawnSync}', '@homebridge/node-pty-prebuilt-multiarch.spawn', '@lydell/node-pty.spawn', 'foreground-child.foregroundChild', 'tinyexec.{x,exec}', 'nano-spawn'], args: [0, '1'], when: 'shell-words' },
  { kind: 'shell', names: ['execa.{execaNode,execaCommandSync}', 'execa.execaSync', 'shelljs.cmd', 'zx.$.sync', 'sudo-prompt.exec', '@vscode/sudo-prompt.exec', 'node-powershell.PowerShell.{command,invoke}', 'node-powershell.PowerShell#invoke', 'webcontainer.WebContainer#spawn'], args: [0] },
  { kind: 'shell', names: ['process.execve'], args: ['program'] },
  { kind: 'shell', names: ['child_process.{spawn,exec,execFile}().stdin.{write,end}', 'execa.execa().stdin.{write,end}', 'execa().stdin.{write,end}', 'node-pty.spawn().write', 'Bun.spawn().stdin.write'], args: [0], when: 'fed-shell' },
  { kind: 'shell', names: ['kubernetes.Exec#exec', '@kubernetes/client-node.Exec#exec'], args: [3], when: 'shell-words' },
  { kind: 'code', names: ['Object.getPrototypeOf().constructor', 'vm.{SourceTextModule,Script.createScript}', 'vm.Script#runInNewContext', 'quickjs-emscripten.{getQuickJS().evalCode,QuickJSContext#evalCode}', 'isolated-vm.{Isolate#{compileModule,compileScriptSync,compileModuleSync},Context#{eval,evalSync,evalIgnored,evalClosure,evalClosureSync,evalClosureIgnored}}', 'isolated-vm.Isolate#{createContext,createContextSync}().{eval,evalSync,evalIgnored,evalClosure,evalClosureSync,evalClosureIgnored}', 'sandboxjs.Sandbox#compile', 'notevil', 'vm2.{VMScript,NodeVM.code}', 'safer-eval', 'eval5.evaluate', 'sval.Sval#run'], args: [0] },
  { kind: 'code', names: ['chrome-remote-interface.CDP#Runtime.evaluate'], args: ['expression'] },
  { kind: 'module', names: ['import-fresh', 'require-all', 'jiti.createJiti()()', 'importx.import', 'tsx/esm/api.tsImport', 'import-from', 'Bun.resolveSync'], args: [0] },
  { kind: 'path', names: ['fs.{copySync,moveSync,emptyDir,emptyDirSync,ensureFile,ensureFileSync,ensureDirSync,mkdirp,mkdirpSync,outputJson,outputJsonSync,lstat,lstatSync,truncate,truncateSync,opendir,opendirSync,readlink,readlinkSync,symlinkSync,accessSync,watch,watchFile,appendFileSync,copy}', 'fs.promises.{lstat,truncate,opendir,readlink,link,utimes,chown,watch}'], args: [0] },
  { kind: 'path', names: ['fs.{copy,copySync,moveSync,symlinkSync,link,linkSync}', 'fs.promises.link'], args: [1] },
  { kind: 'path', names: ['graceful-fs.{readFile,readFileSync,writeFile,writeFileSync,createReadStream,createWriteStream,unlink}', 'write-file-atomic', 'load-json-file.{loadJsonFile,loadJsonFileSync}', 'Deno.{readTextFileSync,readFileSync,writeTextFileSync,writeFileSync,removeSync,openSync,readDir,stat,copyFile,create,makeTempDir}', 'Bun.file().writer', 'trash', 'move-file.moveFile', 'cpy', 'tail.Tail', 'n-readlines', 'line-reader.eachLine'], args: [0] },
  { kind: 'path', names: ['pug.renderFile', 'ejs.renderFile', 'nunjucks.render', 'eta.Eta#render'], args: [0], when: 'made-path' },
  { kind: 'path', names: ['sharp', 'jimp.Jimp.read', 'canvas.loadImage', 'tesseract.js.recognize'], args: [0], when: 'made-path' },
  { kind: 'path', names: ['koa-send'], args: [1], when: 'no-root' },
  { kind: 'path', names: ['express-fileupload.UploadedFile#mv', 'multer.File#mv'], args: [0] },
  { kind: 'path', names: ['adm-zip#{extractAllTo,extractEntryTo,addLocalFile}', 'extract-zip', 'decompress', 'unzipper.Extract', 'tar.{x,extract,t,list}', 'compressing.zip.uncompress', 'tar-fs.extract'], args: ['path', 'dir', 'cwd', 'file'] },
  { kind: 'path', names: ['fluent-ffmpeg#{input,save,output,mergeToFile}', 'exceljs.Workbook#{xlsx.writeFile,csv.readFile,csv.writeFile}', 'xlsx.writeFile', 'pdfkit.PDFDocument#image', 'sharp#toFile', 'jimp.Jimp#write'], args: [0] },
  { kind: 'path', names: ['nodemailer.Transport#sendMail'], args: ['attachments.path'] },
  { kind: 'deserialize', names: ['serialize-to-js.deserialize', 'bson.{BSON.deserialize,deserialize}', 'funcster.{deserialize,functionString}', 'serialijse.deserialize', 'node-serialize.deserialize', 'js-yaml.loadAll', 'esserializer.deserialize'], args: [0], when: 'unsafe-yaml' },
  { kind: 'template', names: ['doT.{template,compile}', 'underscore.template', 'lodash-es.template', 'edge.js.Edge#renderRaw', 'twig.twig', 'velocityjs.render', 'whiskers.render', 'swig.{render,compile}', 'swig-templates.{render,compile}', 'dustjs-linkedin.{renderSource,compile}', 'ect.ECT#render', 'hbs.compile', 'nunjucks.Environment#renderString', 'nunjucks.configure().renderString', 'template7.compile', 'sqrl.render', 'vash.compile', 'eta.Eta#{compile,renderStringAsync}', 'liquidjs.Liquid#{evalValue,evalValueSync}', 'pug.{compileClient,compileFile}', 'ejs.renderFile'], args: [0, 'data'] },
  { kind: 'prototype', names: ['lodash.{set,setWith,update,updateWith,unset}', 'dset', 'object-path.{set,insert,push,ensureExists}', 'dottie.set', 'jsonpointer.set', 'json-pointer.set', 'nested-property.set', 'lodash.set', 'property-expr.setter', 'radash.set', 'es-toolkit/compat.set', 'keypather.set', 'dot-object.{str,set}'], args: [1] },
  { kind: 'prototype', names: ['flat.unflatten', 'dot-object.object', 'dottie.transform'], args: [0] },
];

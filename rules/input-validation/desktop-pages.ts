import type { Report, Rule } from '../../server/rule/rule.ts';
import { callRule, isFalse, isTrue, option, replaceFix } from '../_calls.ts';
import { sample } from '../_samples.ts';

const settings = [
  { name: 'nodeIntegration', bad: true, message: 'A script that gets into the page runs programs of this machine.' },
  { name: 'contextIsolation', bad: false, message: 'A script that gets into the page reaches what the preload script may do.' },
  { name: 'webSecurity', bad: false, message: 'The page may read what other sites answer.' },
  { name: 'enableRemoteModule', bad: true, message: 'A script that gets into the page calls the modules of the main process.' },
  { name: 'nodeIntegrationInSubFrames', bad: true, message: 'A script that gets into a frame of the page runs programs of this machine.' },
  { name: 'nodeIntegrationInWorker', bad: true, message: 'A script that gets into the page runs programs of this machine.' },
  { name: 'experimentalFeatures', bad: true, message: 'The page uses features of the browser that nobody has checked.' },
  { name: 'sandbox', bad: false, message: 'A script that gets out of the page’s process has the rights of the user.' },
  { name: 'allowRunningInsecureContent', bad: true, message: 'The page runs scripts that came over connections that are not encrypted.' },
] as const;

export default [
  callRule({
    id: 'input-validation/page-with-node', title: 'Page of a desktop program without its walls', severity: 'high', references: ['CWE-79', 'SI-10'], callees: ['electron.{BrowserWindow,BrowserView,WebContentsView}'],
    what: 'Reports windows of Electron whose page has Node, shares its context with the preload script, or has the browser’s own protections switched off.',
    why: 'What a page shows is often written by others: a model’s answer, a mail, a fetched document. Without these walls one script in it has the whole machine.',
    whenNotToUse: 'For a window that shows nothing but files of the program.',
    judge: (call): Report | undefined => {
      for (const { name, bad, message } of settings) {
        const found = option(call, `webPreferences.${name}`);
        // The page’s own scripts get at Node only where they share its context with the preload script.
        if (name === 'nodeIntegration' && isTrue(found) && !isFalse(option(call, 'webPreferences.contextIsolation'))) return { at: found!.origin, severity: 'medium', message: 'Nothing but the isolation of the context keeps scripts of the page from Node, and the page has no sandbox.', fixes: replaceFix(found!, 'false', 'Use the safe default', false) };
        if (bad ? isTrue(found) : isFalse(found)) return { at: found!.origin, message, fixes: replaceFix(found!, String(!bad), 'Use the safe default', false) };
      }
      return undefined;
    },
    examples: [{
      file: 'main.ts',
      bad: sample(["import { BrowserWindow } from 'electron';", 'export const win = new BrowserWindow({ webPreferences: { nodeIntegration: «true» } });']),
      fixed: sample(["import { BrowserWindow } from 'electron';", 'export const win = new BrowserWindow({ webPreferences: { nodeIntegration: false } });']),
      good: sample(["import { BrowserWindow } from 'electron';", 'export const win = new BrowserWindow({ webPreferences: { contextIsolation: true } });']),
    }],
  }),
] satisfies readonly Rule[];

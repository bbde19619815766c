import v8 from 'node:v8';
import vm from 'node:vm';

/**
 * Percent by which the heap may grow over what lives in it before it is collected again; V8's own choice is up to 300. A language server
 * runs all day beside other programs. While text is typed, trees come and go quickly and collecting often costs time; a scan of a
 * workspace goes through thousands of files of which little stays.
 */
const growth = { typing: 100, scanning: 10, configuration: 25 };

/** Makes the collector prefer a small heap. */
export function preferSmallHeap(): void {
  v8.setFlagsFromString(`--heap-growing-percent=${growth.typing}`);
  v8.setFlagsFromString('--semi-space-growth-factor=2');
}

/**
 * For a scan of configuration on the command line. Its texts are small and nothing of one is needed for the next, so that little lives; of code,
 * collecting so often would cost more time than the memory is worth.
 */
export function spareMemoryOfConfiguration(): void {
  v8.setFlagsFromString(`--heap-growing-percent=${growth.configuration}`);
}

/** Of a thread beside the first one; megabytes. Larger nurseries, of which V8 has three each, were not faster. */
export const threadLimits = { maxYoungGenerationSizeMb: 24 };

/** To be called when a scan begins; what it gives is called at the end, and returns to the system what the scan no longer needs. */
export function spareMemory(): () => void {
  v8.setFlagsFromString(`--heap-growing-percent=${growth.scanning}`);
  v8.setFlagsFromString('--semi-space-growth-factor=1');
  return () => {
    v8.setFlagsFromString('--expose-gc');
    (vm.runInNewContext('gc') as () => void)();
    preferSmallHeap();
  };
}

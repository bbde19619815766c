declare module 'worker:layout-worker' {
  const program: string;
  export default program;
}

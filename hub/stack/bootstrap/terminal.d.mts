export declare const seconds: (ms: number) => string
export declare function showStep<T>(name: string, work: () => Promise<T>): Promise<T>
export declare function showProgress(total: number, countDone: () => number): () => void
export declare function say(line: string): void

export declare const inRoot: (...parts: string[]) => string
export declare const inTools: (...parts: string[]) => string

import type { Client } from 'pg'
export const writeContracts = async (_db: Client): Promise<void> => {}
export const checkContracts = async (_db: Client): Promise<void> => {}

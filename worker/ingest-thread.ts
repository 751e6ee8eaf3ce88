import { parentPort, workerData } from 'node:worker_threads'
import { ingestMethods } from '@/lib/operations/ingest/ingest-thread'
import { answerCalls } from '@/lib/operations/threads/calls'

if (parentPort === null) throw new Error('this is the program of a thread')
answerCalls(parentPort, ingestMethods(workerData))

import { parentPort } from 'node:worker_threads'
import { helpWith, type HelpOrder } from '../services/check-threads.ts'

/** Tests blocks of a network that the check worker has prepared, beside it. */
const port = parentPort!

port.on('message', (order: HelpOrder) => {
  port.postMessage(helpWith(order))
})

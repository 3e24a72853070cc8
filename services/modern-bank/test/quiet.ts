/** Imported before the bank: v1 logs its defect at every long loan, which is none of a test's business. */
process.env.CHRONOS_LOG_LEVEL = 'silent';

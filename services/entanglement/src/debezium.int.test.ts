import { captureSuite } from './testing/capture-suite.ts';

captureSuite('debezium');

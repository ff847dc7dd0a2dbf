import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, RandomIdGenerator } from '@opentelemetry/sdk-trace-node';
import { chosenSpanId } from './spans.ts';

const stopMs = 5_000;

/** Sends the process's spans where the standard environment says (`OTEL_EXPORTER_OTLP_…`). Resolves when all are sent. */
export function startTracing(process: string): { stop(): Promise<void> } {
  const random = new RandomIdGenerator();
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `paytone-${process}` }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
    idGenerator: {
      generateTraceId: () => random.generateTraceId(),
      generateSpanId: () => chosenSpanId() ?? random.generateSpanId(),
    },
  });
  provider.register();
  return {
    async stop() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, stopMs).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}

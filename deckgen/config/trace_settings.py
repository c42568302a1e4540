"""Settings of OpenTelemetry, under the names that its own documentation gives them."""

from pydantic import Field, HttpUrl
from pydantic_settings import BaseSettings


class TraceSettings(BaseSettings):
    """A part of Settings; all other variables OTEL_* are read by OpenTelemetry itself."""

    otel_exporter_otlp_endpoint: HttpUrl | None = Field(
        None,
        description="The collector of traces (OTLP over HTTP), without `/v1/traces`; needs the extra "
        "`deckgen[otel]`. Other variables OTEL_* are as OpenTelemetry describes them",
    )
    otel_exporter_otlp_traces_endpoint: HttpUrl | None = Field(
        None, description="The whole URL for traces, if it is another one"
    )

    @property
    def traces_url(self) -> str | None:
        """Where traces go; None if they go nowhere."""
        if self.otel_exporter_otlp_traces_endpoint is not None:
            return str(self.otel_exporter_otlp_traces_endpoint)
        if self.otel_exporter_otlp_endpoint is not None:
            return f"{str(self.otel_exporter_otlp_endpoint).rstrip('/')}/v1/traces"
        return None

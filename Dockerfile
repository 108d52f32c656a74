# The service in a container. docs/serving.md says how to build and run it.
FROM python:3.11-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY weights weights
RUN python -m venv /opt/catdog-sorter && /opt/catdog-sorter/bin/pip install --no-cache-dir '.[serve]'

FROM python:3.11-slim
COPY --from=build /opt/catdog-sorter /opt/catdog-sorter
# It needs to write nothing and to own nothing.
USER nobody
EXPOSE 8000
HEALTHCHECK --start-period=30s CMD ["/opt/catdog-sorter/bin/python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=10)"]
ENTRYPOINT ["/opt/catdog-sorter/bin/catdog-sort", "serve", "--no-config", "--host", "0.0.0.0", "--port", "8000"]

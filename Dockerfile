# The bot, or any other command, in a container: docs/discord-hosting.md says how to run it.
ARG PYTHON=3.13

FROM docker.io/library/python:${PYTHON}-slim AS build
# Extras of pyproject.toml, such as `openai` for its chat models; several are separated by commas.
ARG EXTRAS=""
WORKDIR /source
# Without pip in what is copied below; the image's own pip installs into it.
RUN python -m venv --without-pip /opt/pullquote
# The locked versions first: a change of the sources alone does not install them again.
COPY requirements.lock ./
RUN pip --python /opt/pullquote install --no-cache-dir --no-compile --only-binary :all: --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY pullquote pullquote
COPY retrieval retrieval
COPY bot bot
RUN pip --python /opt/pullquote install --no-cache-dir --no-compile --no-build-isolation \
        --constraint requirements.lock ".${EXTRAS:+[$EXTRAS]}"
# Nothing can be compiled later, in a file system that cannot be written. Nothing here loads the client for Kubernetes
# that chromadb brings, and compiled it would be a tenth of the image.
RUN /opt/pullquote/bin/python -m compileall -q -j 0 -x /kubernetes/ /opt/pullquote/lib

FROM docker.io/library/python:${PYTHON}-slim
# The number is what owns the volume, so it stays the same from one image to the next.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /var/lib/pullquote --shell /usr/sbin/nologin pullquote \
 && install --directory --owner 10001 --group 10001 --mode 0700 /var/lib/pullquote
COPY --from=build /opt/pullquote /opt/pullquote
# Everything that is kept lies in the volume. The C library's pools for each thread would grow; see the page above.
ENV PATH=/opt/pullquote/bin:$PATH \
    PULLQUOTE_HOME=/var/lib/pullquote \
    MALLOC_ARENA_MAX=1
VOLUME /var/lib/pullquote
WORKDIR /var/lib/pullquote
USER 10001:10001
# The bot touches this file every half minute while it is connected to Discord.
HEALTHCHECK --interval=30s --timeout=5s --start-period=2m --retries=3 \
    CMD find /var/lib/pullquote/discord -name '*.online' -mmin -2 | grep --quiet .
ENTRYPOINT ["pullquote"]
CMD ["discord"]

# What harness/Dockerfile makes, out of parts of this machine: its context is an archive of them.
FROM gameday-ci/debian-with-git
COPY node /usr/local/bin/node
COPY gameday /gameday
ENV GAMEDAY_CACHE=/cache
RUN install -d -m 1777 /cache /gameday/runs && ln -s /gameday/harness/cli/gameday.mjs /usr/local/bin/gameday
WORKDIR /gameday
VOLUME /cache
ENTRYPOINT ["gameday"]

FROM gameday-ci/debian
EXPOSE 6379
CMD ["redis-server", "--protected-mode", "no"]

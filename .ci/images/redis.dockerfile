FROM gameday-ci/debian-with-git
EXPOSE 6379
CMD ["redis-server", "--protected-mode", "no"]
